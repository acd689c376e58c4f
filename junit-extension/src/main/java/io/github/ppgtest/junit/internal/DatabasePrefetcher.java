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
final class DatabasePrefetcher implements AutoCloseable {
  private static final UserLog log = UserLog.of("io.github.ppgtest");

  /** The runs in this JVM: one, unless a test runs tests. */
  private static final List<DatabasePrefetcher> RUNS = new CopyOnWriteArrayList<>();

  /** Starting takes milliseconds, which would delay a test. */
  private static final ScheduledExecutorService BEGINNING =
      Executors.newSingleThreadScheduledExecutor(DatabasePrefetcher::daemon);

  private final DemandEstimator estimator = new DemandEstimator(System::nanoTime);

  // All guarded by this.
  private final Map<Object, DatabaseDemand> demands;
  private final Map<String, DatabaseDemand> byId;
  private final List<PrefetchedDatabase> dropped = new ArrayList<>();
  private int most = Integer.MAX_VALUE;

  /**
   * Whether more is to be prefetched once the test runs that had a prefetched database. Not under
   * the lock, which the test would wait for.
   */
  private final AtomicBoolean isDue = new AtomicBoolean();

  private DatabasePrefetcher(PlannedDemand planned) {
    this.demands = planned.demands();
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
  static DatabasePrefetcher begin(TestPlan plan) {
    DatabasePrefetcher run = new DatabasePrefetcher(PlannedDemand.of(plan));
    RUNS.add(run);
    run.beginHere();
    return run;
  }

  private synchronized void beginHere() {
    isDue.set(demands.values().stream().findFirst().filter(DatabaseDemand::isMadeHere).isPresent());
    prepareWhatIsDue();
  }

  /** Marks the test as running, so that prefetching may use the processors. */
  static void running() {
    RUNS.forEach(DatabasePrefetcher::prepareWhatIsDue);
  }

  /**
   * Prefetches what is due, after a pause where there is time: a test that has just begun would
   * share the processors.
   */
  private void prepareWhatIsDue() {
    if (isDue.getAndSet(false)) {
      BEGINNING.schedule(this::prepare, estimator.pause().toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** Registers a class with methods that will each need a database, now. */
  static void arrived(AnnotatedClass wanting) {
    runsWith(wanting.testClass()).forEach(DatabasePrefetcher::prepare);
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
    List<DatabasePrefetcher> runs = runsWith(key);
    runs.forEach(run -> run.estimator.wanted());
    Optional<PrefetchedDatabase> prefetched =
        runs.stream().map(run -> run.take(key, atEnd)).flatMap(Optional::stream).findFirst();
    PrismaPostgresFixture fixture = prefetched.map(PrefetchedDatabase::take).orElseGet(maker);
    long began = System.nanoTime();
    start(fixture, wanting.testClass(), runs);
    boolean made = prefetched.filter(PrefetchedDatabase::isReady).isEmpty();
    long nanos = System.nanoTime() - began;
    for (DatabasePrefetcher run : runs) {
      if (made) {
        run.made(key, nanos);
      }
      run.estimator.got();
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
      PrismaPostgresFixture fixture, Class<?> testClass, List<DatabasePrefetcher> runs) {
    try {
      fixture.start();
    } catch (SkippedException e) {
      // Where a configuration of JUnit evaluates no conditions.
      throw new TestAbortedException(e.getMessage(), e);
    } catch (ProvisioningException e) {
      // The prefetched databases may be the ones beyond a plan's limit.
      int givenUp = runs.stream().mapToInt(DatabasePrefetcher::giveUpPreparing).sum();
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

  private synchronized Optional<PrefetchedDatabase> take(Object key, Runnable atEnd) {
    DatabaseDemand demand = demands.get(key);
    if (demand == null) {
      return Optional.empty();
    }
    demand.atEnd(atEnd);
    Optional<PrefetchedDatabase> taken = demand.take();
    boolean isReady = taken.filter(PrefetchedDatabase::isReady).isPresent();
    if (demand.isRemote() || taken.isPresent() && !isReady) {
      prepare();
    }
    return taken;
  }

  private synchronized void made(Object key, long nanos) {
    estimator.made(nanos);
    Optional.ofNullable(demands.get(key)).ifPresent(DatabaseDemand::succeeded);
  }

  private static List<DatabasePrefetcher> runsWith(Object key) {
    return RUNS.stream().filter(run -> run.knows(key)).toList();
  }

  private synchronized boolean knows(Object key) {
    return demands.containsKey(key);
  }

  /** Begins to make the databases of the near demand. */
  private synchronized void prepare() {
    int prefetched = demands.values().stream().mapToInt(DatabaseDemand::prefetched).sum();
    OptionalInt measured = estimator.prefetcher();
    for (DatabaseDemand demand : demands.values()) {
      int wanted = Math.min(most, measured.orElse(demand.isRemote() ? demand.most() : 1));
      int room = Math.min(wanted, demand.most()) - prefetched;
      int more = Math.min(demand.missing(), room);
      if (room <= 0) {
        return;
      }
      for (int i = 0; i < more; i++) {
        begin(demand);
        prefetched++;
      }
    }
  }

  private void begin(DatabaseDemand demand) {
    try {
      demand.add(
          PrefetchedDatabase.begin(
              demand.fixture(),
              demand.name(),
              estimator::made,
              (failed, why) -> failed(demand, failed, why)));
    } catch (ConfigurationException e) {
      // The class fails with it when its turn comes.
      demand.giveUp();
    }
  }

  /** Stops prefetching where there is no room for more. */
  private synchronized void failed(
      DatabaseDemand demand, PrefetchedDatabase failed, PrismaPostgresException why) {
    demand.failed(failed);
    if (why instanceof ProvisioningException) {
      int others = demands.values().stream().mapToInt(DatabaseDemand::prefetched).sum();
      most = Math.min(most, Math.max(1, others));
    }
  }

  /**
   * Deletes the prefetched databases, and prefetches fewer from now on; returns how many were
   * deleted.
   */
  private int giveUpPreparing() {
    List<PrefetchedDatabase> given;
    synchronized (this) {
      given = demands.values().stream().flatMap(demand -> demand.takeAll().stream()).toList();
      most = Math.min(most, Math.max(0, given.size() - 1));
      dropped.addAll(given);
    }
    given.forEach(PrefetchedDatabase::drop);
    given.forEach(PrefetchedDatabase::awaitDeletion);
    return given.size();
  }

  /** Registers the start of a class or test, in any run. */
  static void started(String id) {
    RUNS.forEach(run -> run.change(id, DatabaseDemand::started));
  }

  /** Registers a further invocation of a test template. */
  static void invoked(String id) {
    RUNS.forEach(run -> run.change(id, DatabaseDemand::invoked));
  }

  private synchronized void change(String id, BiConsumer<DatabaseDemand, String> change) {
    Optional.ofNullable(byId.get(id)).ifPresent(demand -> change.accept(demand, id));
  }

  /** Registers the end of a class or test, or that it was left out, with or without a database. */
  static void over(String id) {
    RUNS.forEach(run -> run.end(id));
  }

  private void end(String id) {
    DatabaseDemand demand;
    List<PrefetchedDatabase> unneeded;
    synchronized (this) {
      demand = byId.remove(id);
      if (demand == null) {
        return;
      }
      demand.over(id);
      if (!demand.isOver()) {
        return;
      }
      demands.values().remove(demand);
      unneeded = demand.takeAll();
      dropped.addAll(unneeded);
    }
    unneeded.forEach(PrefetchedDatabase::drop);
    demand.end();
    prepareWhatIsDue();
  }

  /** Ends the run, deletes the unused databases, and logs their number. */
  @Override
  public void close() {
    RUNS.remove(this);
    List<PrefetchedDatabase> unneeded;
    synchronized (this) {
      most = 0;
      demands.values().forEach(demand -> dropped.addAll(demand.takeAll()));
      unneeded = List.copyOf(dropped);
    }
    unneeded.forEach(PrefetchedDatabase::drop);
    long made = unneeded.stream().filter(PrefetchedDatabase::awaitDeletion).count();
    if (made > 0) {
      log.info(
          "{} prepared and not needed, as no test came for {}: deleted. ppgtest.ahead bounds how"
              + " many that may be.",
          made == 1 ? "1 database was" : made + " databases were",
          made == 1 ? "it" : "them");
    }
  }
}
