package io.github.ppgtest.emulator.internal.postgres;

import io.github.ppgtest.emulator.ResourceLimits;
import io.github.ppgtest.emulator.UserLog;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An engine that starts on a thread of its own, and is replaced after its end when one is needed
 * next, never by itself. A caller that needs it before it has started waits, and gets the reason if
 * it cannot start. Thread-safe.
 */
public final class StartingEngine implements DatabaseEngine {
  private static final UserLog log = UserLog.of(StartingEngine.class.getName());

  /**
   * How many further engines may end in a row before they have made a database: the next would end
   * for the same reason, and each costs a start. One that ends later is replaced as often as that
   * happens, as the run has come further each time.
   */
  private static final int IN_VAIN = 3;

  /** How long an engine with severed sessions may take to end; PostgreSQL kills after 5 s. */
  private static final Duration ENDING = Duration.ofSeconds(6);

  private final Supplier<DatabaseEngine> start;
  private final List<Consumer<String>> whenLost = new CopyOnWriteArrayList<>();

  /** The start that is under way or over; null after its engine has ended. Written under this. */
  private volatile @Nullable CompletableFuture<DatabaseEngine> current;

  // All guarded by this.
  private CompletableFuture<Void> removed = CompletableFuture.completedFuture(null);
  private String lastEnd = "";
  private int ended;
  private int inVain;
  private boolean closed;

  private StartingEngine(Supplier<DatabaseEngine> start) {
    this.start = start;
  }

  /**
   * Begins to start an engine.
   *
   * @param start starts an engine at each call
   */
  public static StartingEngine begin(Supplier<DatabaseEngine> start) {
    StartingEngine engine = new StartingEngine(start);
    engine.current = engine.started();
    return engine;
  }

  /**
   * Sets a listener for the reason of an engine's end, called before there is another. It must not
   * wait for the engine.
   */
  public void whenLost(Consumer<String> listener) {
    whenLost.add(listener);
  }

  private synchronized CompletableFuture<DatabaseEngine> started() {
    CompletableFuture<DatabaseEngine> begun = new CompletableFuture<>();
    CompletableFuture<Void> before = removed;
    daemon(
        "ppgtest-emulator-start",
        () -> {
          try {
            // The last engine's files may take the room that this one needs.
            before.join();
            DatabaseEngine engine = start.get();
            begun.complete(engine);
            engine.onEnd(() -> daemon("ppgtest-emulator-lost", this::look));
          } catch (RuntimeException | Error e) {
            begun.completeExceptionally(
                ResourceLimits.reachedIn(e)
                    .<Throwable>map(
                        limit -> new DatabaseEngineException(limit + " " + e.getMessage(), e))
                    .orElse(e));
          }
        });
    return begun;
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Waits until the engine has started.
   *
   * @throws DatabaseEngineException if it could not start, or has ended too often
   */
  public DatabaseEngine await() {
    look();
    try {
      return wanted().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseEngineException("Interrupted while PostgreSQL was starting.", e);
    } catch (ExecutionException e) {
      throw new DatabaseEngineException(e.getCause().getMessage(), e.getCause());
    }
  }

  /** Returns the current start, and begins one where the last engine has ended. */
  private synchronized CompletableFuture<DatabaseEngine> wanted() {
    CompletableFuture<DatabaseEngine> known = current;
    // A failure of the very first start is permanent: no database existed.
    boolean isOfUse = known != null && !(known.isCompletedExceptionally() && !lastEnd.isEmpty());
    if (isOfUse || closed && known != null) {
      return known;
    }
    if (closed || inVain >= IN_VAIN) {
      throw new DatabaseEngineException(
          closed
              ? "PostgreSQL is closed."
              : "PostgreSQL is not started again: %d times in a row it has ended before a database was made. %s"
                  .formatted(inVain, lastEnd),
          null);
    }
    inVain++;
    CompletableFuture<DatabaseEngine> begun = started();
    current = begun;
    return begun;
  }

  /**
   * Checks whether the engine has ended: when this returns, the listeners have been called, and new
   * databases are made with another. Does not wait for that one.
   */
  public synchronized void look() {
    CompletableFuture<DatabaseEngine> known = current;
    if (closed || known == null || !known.isDone() || known.isCompletedExceptionally()) {
      return;
    }
    DatabaseEngine engine = known.join();
    engine.end().ifPresent(why -> lose(engine, why));
  }

  private synchronized void lose(DatabaseEngine engine, String why) {
    lastEnd = why;
    ended++;
    whenLost.forEach(listener -> listener.accept(why));
    log.warn("All databases of a server are lost; the next ones are made in another. {}", why);
    current = null;
    removed =
        CompletableFuture.runAsync(
            () -> remove(engine), work -> daemon("ppgtest-emulator-remove", work));
  }

  private static void remove(DatabaseEngine ended) {
    try {
      ended.close();
    } catch (RuntimeException e) {
      log.warn("A server that has ended was not removed completely: {}", e.getMessage(), e);
    }
  }

  private <T> T call(Function<DatabaseEngine, T> operation) {
    DatabaseEngine engine = await();
    try {
      return operation.apply(engine);
    } catch (DatabaseEngineException e) {
      if (isCutOff(e)) {
        awaitEnd(engine);
      }
      look();
      throw engine
          .end()
          .map(why -> new DatabaseEngineException(e.getMessage() + " " + why, e))
          .orElseGet(() -> engine.explained(e));
    }
  }

  private void run(Consumer<DatabaseEngine> operation) {
    call(
        engine -> {
          operation.accept(engine);
          return true;
        });
  }

  /**
   * Returns whether there is an engine, or one is starting: everything else is gone with the last.
   */
  private boolean isThere() {
    look();
    return current != null;
  }

  /** Returns how many engines have ended without having been closed. */
  public synchronized int ended() {
    look();
    return ended;
  }

  private void runIfThere(Consumer<DatabaseEngine> operation) {
    if (isThere()) {
      run(operation);
    }
  }

  /** Makes a database: an engine that can is no cause of its own end. */
  private <T> T make(Function<DatabaseEngine, T> operation) {
    T made = call(operation);
    synchronized (this) {
      inVain = 0;
    }
    return made;
  }

  /**
   * Returns whether an engine has severed the session: it does so to all at once before it ends
   * because one was killed.
   */
  private static boolean isCutOff(DatabaseEngineException failure) {
    String state =
        failure.getCause() instanceof SQLException e ? String.valueOf(e.getSQLState()) : "";
    return state.startsWith("08") || state.equals("57P02") || state.equals("57P03");
  }

  private static void awaitEnd(DatabaseEngine engine) {
    try {
      Awaitility.with()
          .pollInSameThread()
          .dontCatchUncaughtExceptions()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(5))
          .atMost(ENDING)
          .until(() -> engine.end().isPresent());
    } catch (ConditionTimeoutException e) {
      // It runs on.
    }
  }

  /** Returns why the engine, which has not ended, does not answer; empty where it does. */
  @Override
  public Optional<String> hindrance() {
    CompletableFuture<DatabaseEngine> known = current;
    return isOver(known) ? known.join().hindrance() : Optional.empty();
  }

  @Override
  public Optional<String> storageProblem() {
    CompletableFuture<DatabaseEngine> known = current;
    return isOver(known) ? known.join().storageProblem() : Optional.empty();
  }

  private static boolean isOver(@Nullable CompletableFuture<DatabaseEngine> known) {
    return known != null && known.isDone() && !known.isCompletedExceptionally();
  }

  @Override
  public String host() {
    return await().host();
  }

  @Override
  public int port() {
    return await().port();
  }

  @Override
  public Path certificate() {
    return await().certificate();
  }

  @Override
  public void createDatabase(String database) {
    make(
        engine -> {
          engine.createDatabase(database);
          return true;
        });
  }

  @Override
  public void copyDatabase(String source, String database) {
    make(
        engine -> {
          engine.copyDatabase(source, database);
          return true;
        });
  }

  @Override
  public void closeDatabase(String database) {
    runIfThere(engine -> engine.closeDatabase(database));
  }

  @Override
  public void sealDatabase(String database) {
    run(engine -> engine.sealDatabase(database));
  }

  @Override
  public boolean isSealed(String database) {
    CompletableFuture<DatabaseEngine> known = current;
    return isOver(known) && known.join().isSealed(database);
  }

  @Override
  public boolean takeTemplate(String key, String database) {
    return make(engine -> engine.takeTemplate(key, database));
  }

  @Override
  public void saveTemplate(String key, String database) {
    run(engine -> engine.saveTemplate(key, database));
  }

  @Override
  public void alone(String key, Runnable action) {
    await().alone(key, action);
  }

  @Override
  public void replaceDatabase(String database, String by) {
    run(engine -> engine.replaceDatabase(database, by));
  }

  @Override
  public void dropDatabase(String database) {
    runIfThere(engine -> engine.dropDatabase(database));
  }

  @Override
  public void keepDatabase(String database, Instant until) {
    run(engine -> engine.keepDatabase(database, until));
  }

  @Override
  public void createLogin(String database, String username, String password) {
    run(engine -> engine.createLogin(database, username, password));
  }

  @Override
  public void dropLogin(String username) {
    runIfThere(engine -> engine.dropLogin(username));
  }

  @Override
  public void retireLogin(String username, String calledAs) {
    runIfThere(engine -> engine.retireLogin(username, calledAs));
  }

  @Override
  public OptionalInt endIdleSessions(String database) {
    return isThere() ? call(engine -> engine.endIdleSessions(database)) : OptionalInt.empty();
  }

  @Override
  public void changePassword(String username, String password) {
    run(engine -> engine.changePassword(username, password));
  }

  @Override
  public long storedBytes(String database) {
    return isThere() ? call(engine -> engine.storedBytes(database)) : 0;
  }

  @Override
  public Map<String, Long> statements() {
    return isThere() ? call(DatabaseEngine::statements) : Map.of();
  }

  /** Closes the engine as soon as it has started; there is nothing to close if it could not. */
  @Override
  public void close() {
    CompletableFuture<DatabaseEngine> last;
    CompletableFuture<Void> before;
    synchronized (this) {
      look();
      closed = true;
      last = current;
      before = removed;
    }
    // Not await(): also an interrupted thread must not leave a server that is just starting.
    before.join();
    if (last != null) {
      last.handle((engine, failure) -> engine).thenAccept(StartingEngine::closeIfStarted).join();
    }
  }

  private static void closeIfStarted(@Nullable DatabaseEngine engine) {
    if (engine != null) {
      engine.close();
    }
  }
}
