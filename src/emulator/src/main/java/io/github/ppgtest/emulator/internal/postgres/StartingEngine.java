package io.github.ppgtest.emulator.internal.postgres;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An engine that starts on a thread of its own. Whoever needs it before it has started waits, and
 * gets the reason if it cannot start. Thread-safe.
 */
public final class StartingEngine implements DatabaseEngine {
  private final CompletableFuture<DatabaseEngine> started = new CompletableFuture<>();

  private StartingEngine() {}

  /** Begins to start an engine. */
  public static StartingEngine begin(Supplier<DatabaseEngine> start) {
    StartingEngine engine = new StartingEngine();
    Thread thread =
        new Thread(
            () -> {
              try {
                engine.started.complete(start.get());
              } catch (RuntimeException | Error e) {
                engine.started.completeExceptionally(e);
              }
            },
            "ppgtest-emulator-start");
    thread.setDaemon(true);
    thread.start();
    return engine;
  }

  /**
   * Waits until the engine has started.
   *
   * @throws DatabaseEngineException if it could not start
   */
  public DatabaseEngine await() {
    try {
      return started.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseEngineException("Interrupted while PostgreSQL was starting.", e);
    } catch (ExecutionException e) {
      throw new DatabaseEngineException(e.getCause().getMessage(), e.getCause());
    }
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
    await().createDatabase(database);
  }

  @Override
  public void copyDatabase(String source, String database) {
    await().copyDatabase(source, database);
  }

  @Override
  public void closeDatabase(String database) {
    await().closeDatabase(database);
  }

  @Override
  public void sealDatabase(String database) {
    await().sealDatabase(database);
  }

  @Override
  public boolean isSealed(String database) {
    return await().isSealed(database);
  }

  @Override
  public boolean takeTemplate(String key, String database) {
    return await().takeTemplate(key, database);
  }

  @Override
  public void saveTemplate(String key, String database) {
    await().saveTemplate(key, database);
  }

  @Override
  public void alone(String key, Runnable action) {
    await().alone(key, action);
  }

  @Override
  public void replaceDatabase(String database, String by) {
    await().replaceDatabase(database, by);
  }

  @Override
  public void dropDatabase(String database) {
    await().dropDatabase(database);
  }

  @Override
  public void keepDatabase(String database, Instant until) {
    await().keepDatabase(database, until);
  }

  @Override
  public void createLogin(String database, String username, String password) {
    await().createLogin(database, username, password);
  }

  @Override
  public void dropLogin(String username) {
    await().dropLogin(username);
  }

  @Override
  public void retireLogin(String username, String calledAs) {
    await().retireLogin(username, calledAs);
  }

  @Override
  public OptionalInt endIdleSessions(String database) {
    return await().endIdleSessions(database);
  }

  @Override
  public void changePassword(String username, String password) {
    await().changePassword(username, password);
  }

  @Override
  public long storedBytes(String database) {
    return await().storedBytes(database);
  }

  @Override
  public Map<String, Long> statements() {
    return await().statements();
  }

  /** Closes the engine as soon as it has started; there is nothing to close if it could not. */
  @Override
  public void close() {
    // Not await(): also an interrupted thread must not leave a server that is just starting.
    started.handle((engine, failure) -> engine).thenAccept(StartingEngine::closeIfStarted).join();
  }

  private static void closeIfStarted(@Nullable DatabaseEngine engine) {
    if (engine != null) {
      engine.close();
    }
  }
}
