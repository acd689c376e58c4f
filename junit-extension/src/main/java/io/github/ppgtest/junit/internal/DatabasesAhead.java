package io.github.ppgtest.junit.internal;

import io.github.ppgtest.ConfigurationException;
import io.github.ppgtest.PrismaPostgresException;
import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.ProvisioningException;
import io.github.ppgtest.SkippedException;
import io.github.ppgtest.emulator.UserLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.junit.platform.launcher.TestPlan;
import org.opentest4j.TestAbortedException;

/**
 * Prefetches the databases of a test run, in the order of its tests. While some tests run, those of
 * the next are made: as many as the demand estimator says, and no more than the settings allow.
 * Thread-safe.
 */
final class DatabasesAhead implements AutoCloseable {
  private static final UserLog log = UserLog.of("io.github.ppgtest");

  /** The runs in this JVM: one, unless a test runs tests. */
  private static final List<DatabasesAhead> RUNS = new CopyOnWriteArrayList<>();

  /** Starting takes milliseconds, which would delay a test. */
  private static final ScheduledExecutorService BEGINNING =
      Executors.newSingleThreadScheduledExecutor(DatabasesAhead::daemon);

  private final Rhythm rhythm = new Rhythm(System::nanoTime);

  // All guarded by this.
  private final Map<Object, Need> needs;
  private final Map<String, Need> byId;
  private final List<PreparedDatabase> dropped = new ArrayList<>();
  private int most = Integer.MAX_VALUE;

  /**
   * Whether more is to be prefetched once the test runs that had a prefetched database. Not under
   * the lock, which the test would wait for.
   */
  private final AtomicBoolean isDue = new AtomicBoolean();

  private DatabasesAhead(PlannedNeeds planned) {
    this.needs = planned.needs();
    this.byId = planned.byId();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "ppgtest-ahead");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Begins a run, and the first database where it is made on this machine. Elsewhere nothing is
   * made until the run has come to the first class with a database.
   */
  static DatabasesAhead begin(TestPlan plan) {
    DatabasesAhead run = new DatabasesAhead(PlannedNeeds.of(plan));
    RUNS.add(run);
    run.beginHere();
    return run;
  }

  private synchronized void beginHere() {
    isDue.set(needs.values().stream().findFirst().filter(Need::isMadeHere).isPresent());
    prepareWhatIsDue();
  }

  /** Marks the test as running, so that prefetching may use the processors. */
  static void running() {
    RUNS.forEach(DatabasesAhead::prepareWhatIsDue);
  }

  /**
   * Prefetches what is due, after a pause where there is time: a test that has just begun would
   * share the processors.
   */
  private void prepareWhatIsDue() {
    if (isDue.getAndSet(false)) {
      BEGINNING.schedule(this::prepare, rhythm.pause().toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** Registers a class with methods that will each need a database, now. */
  static void arrived(AnnotatedClass wanting) {
    runsWith(wanting.testClass()).forEach(DatabasesAhead::prepare);
  }

  /**
   * Starts the database of a class or a method that begins, or takes a prefetched one; then
   * prefetches more.
   *
   * @throws PrismaPostgresException if it cannot be started
   */
  static PrismaPostgresFixture start(AnnotatedClass wanting) {
    return start(wanting, wanting.testClass(), wanting::fixture, () -> {});
  }

  /**
   * Starts the database of several classes, or takes the prefetched one.
   *
   * @param atEnd is called when none of them is to come any more, where that is known
   * @throws PrismaPostgresException if it cannot be started
   */
  static PrismaPostgresFixture startShared(AnnotatedClass wanting, Runnable atEnd) {
    return start(wanting, SharedKey.of(wanting), wanting::sharedFixture, atEnd);
  }

  private static PrismaPostgresFixture start(
      AnnotatedClass wanting, Object key, Supplier<PrismaPostgresFixture> maker, Runnable atEnd) {
    List<DatabasesAhead> runs = runsWith(key);
    runs.forEach(run -> run.rhythm.wanted());
    Optional<PreparedDatabase> prepared =
        runs.stream().map(run -> run.take(key, atEnd)).flatMap(Optional::stream).findFirst();
    PrismaPostgresFixture fixture = prepared.map(PreparedDatabase::take).orElseGet(maker);
    long began = System.nanoTime();
    start(fixture, wanting.testClass(), runs);
    boolean made = prepared.filter(PreparedDatabase::isReady).isEmpty();
    long nanos = System.nanoTime() - began;
    for (DatabasesAhead run : runs) {
      if (made) {
        run.made(key, nanos);
      }
      run.rhythm.got();
      run.prepareAfter(made);
    }
    return fixture;
  }

  /** Prefetches more; later where the test did not wait, as it is about to begin. */
  private void prepareAfter(boolean made) {
    if (made) {
      prepare();
    } else {
      isDue.set(true);
    }
  }

  private static void start(
      PrismaPostgresFixture fixture, Class<?> testClass, List<DatabasesAhead> runs) {
    try {
      fixture.start();
    } catch (SkippedException e) {
      // Where a configuration of JUnit evaluates no conditions.
      throw new TestAbortedException(e.getMessage(), e);
    } catch (ProvisioningException e) {
      // The prefetched databases may be the ones beyond a plan's limit.
      int givenUp = runs.stream().mapToInt(DatabasesAhead::giveUpPreparing).sum();
      if (givenUp == 0) {
        throw e;
      }
      log.info(
          "{} could have no database beside {} prepared for later tests, given up now: from now on"
              + " fewer are prepared",
          testClass.getName(),
          givenUp == 1 ? "the one that was" : "the " + givenUp + " that were");
      fixture.start();
    }
  }

  private synchronized Optional<PreparedDatabase> take(Object key, Runnable atEnd) {
    Need need = needs.get(key);
    if (need == null) {
      return Optional.empty();
    }
    need.atEnd(atEnd);
    Optional<PreparedDatabase> taken = need.take();
    boolean isReady = taken.filter(PreparedDatabase::isReady).isPresent();
    if (need.isRemote() || taken.isPresent() && !isReady) {
      prepare();
    }
    return taken;
  }

  private synchronized void made(Object key, long nanos) {
    rhythm.made(nanos);
    Optional.ofNullable(needs.get(key)).ifPresent(Need::succeeded);
  }

  private static List<DatabasesAhead> runsWith(Object key) {
    return RUNS.stream().filter(run -> run.knows(key)).toList();
  }

  private synchronized boolean knows(Object key) {
    return needs.containsKey(key);
  }

  /** Begins to make the databases of the near demand. */
  private synchronized void prepare() {
    int prepared = needs.values().stream().mapToInt(Need::prepared).sum();
    OptionalInt measured = rhythm.ahead();
    for (Need need : needs.values()) {
      int wanted = Math.min(most, measured.orElse(need.isRemote() ? need.most() : 1));
      int room = Math.min(wanted, need.most()) - prepared;
      int more = Math.min(need.missing(), room);
      if (room <= 0) {
        return;
      }
      for (int i = 0; i < more; i++) {
        begin(need);
        prepared++;
      }
    }
  }

  private void begin(Need need) {
    try {
      need.add(
          PreparedDatabase.begin(
              need.fixture(),
              need.name(),
              rhythm::made,
              (failed, why) -> failed(need, failed, why)));
    } catch (ConfigurationException e) {
      // The class fails with it when its turn comes.
      need.giveUp();
    }
  }

  /** Stops prefetching where there is no room for more. */
  private synchronized void failed(
      Need need, PreparedDatabase failed, PrismaPostgresException why) {
    need.failed(failed);
    if (why instanceof ProvisioningException) {
      int others = needs.values().stream().mapToInt(Need::prepared).sum();
      most = Math.min(most, Math.max(1, others));
    }
  }

  /**
   * Deletes the prefetched databases, and prefetches fewer from now on; returns how many were
   * deleted.
   */
  private int giveUpPreparing() {
    List<PreparedDatabase> given;
    synchronized (this) {
      given = needs.values().stream().flatMap(need -> need.takeAll().stream()).toList();
      most = Math.min(most, Math.max(0, given.size() - 1));
      dropped.addAll(given);
    }
    given.forEach(PreparedDatabase::drop);
    given.forEach(PreparedDatabase::awaitDeletion);
    return given.size();
  }

  /** Registers the start of a class or test, in any run. */
  static void started(String id) {
    RUNS.forEach(run -> run.change(id, Need::started));
  }

  /** Registers a further invocation of a test template. */
  static void invoked(String id) {
    RUNS.forEach(run -> run.change(id, Need::invoked));
  }

  private synchronized void change(String id, BiConsumer<Need, String> change) {
    Optional.ofNullable(byId.get(id)).ifPresent(need -> change.accept(need, id));
  }

  /** Registers the end of a class or test, or that it was left out, with or without a database. */
  static void over(String id) {
    RUNS.forEach(run -> run.end(id));
  }

  private void end(String id) {
    Need need;
    List<PreparedDatabase> unneeded;
    synchronized (this) {
      need = byId.remove(id);
      if (need == null) {
        return;
      }
      need.over(id);
      if (!need.isOver()) {
        return;
      }
      needs.values().remove(need);
      unneeded = need.takeAll();
      dropped.addAll(unneeded);
    }
    unneeded.forEach(PreparedDatabase::drop);
    need.end();
    prepareWhatIsDue();
  }

  /** Ends the run, deletes the unused databases, and logs their number. */
  @Override
  public void close() {
    RUNS.remove(this);
    List<PreparedDatabase> unneeded;
    synchronized (this) {
      most = 0;
      needs.values().forEach(need -> dropped.addAll(need.takeAll()));
      unneeded = List.copyOf(dropped);
    }
    unneeded.forEach(PreparedDatabase::drop);
    long made = unneeded.stream().filter(PreparedDatabase::awaitDeletion).count();
    if (made > 0) {
      log.info(
          "{} prepared and not needed, as no test came for {}: deleted. ppgtest.ahead bounds how"
              + " many that may be.",
          made == 1 ? "1 database was" : made + " databases were",
          made == 1 ? "it" : "them");
    }
  }
}
