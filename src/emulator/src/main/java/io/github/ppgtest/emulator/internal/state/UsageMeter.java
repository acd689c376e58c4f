package io.github.ppgtest.emulator.internal.state;

import io.github.ppgtest.emulator.UserLog;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Meters each database's statements over time: the engine only counts, so this reads its counters
 * at an interval, and at each request. Safe for use by many threads.
 */
final class UsageMeter {
  private static final UserLog log = UserLog.of(UsageMeter.class.getName());

  /** Often at no cost; a short run of tests is over before the first reading. */
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final Workspace workspace;
  private final EngineWorkers engine;
  private final AtomicBoolean started = new AtomicBoolean();

  /** The statements of each database between two readings. Guarded by this. */
  private final Map<String, List<Interval>> intervals = new HashMap<>();

  /** The engine's counters at the last reading, and its moment. Guarded by this. */
  private Map<String, Long> counters = Map.of();

  private Instant lastLook;

  UsageMeter(Workspace workspace, EngineWorkers engine) {
    this.workspace = workspace;
    this.engine = engine;
    this.lastLook = workspace.createdAt();
  }

  /** Begins to read at the interval. Starting again does nothing. */
  void start() {
    if (started.compareAndSet(false, true)) {
      lookLater();
    }
  }

  /**
   * Returns how many statements a database had executed in a period. Those between two readings
   * count where any of that time is in the period.
   */
  synchronized long statements(Database database, Instant start, Instant end) {
    look();
    return intervals.getOrDefault(database.engineName(), List.of()).stream()
        .filter(interval -> start.isBefore(interval.end()) && end.isAfter(interval.start()))
        .mapToLong(Interval::statements)
        .sum();
  }

  private void lookLater() {
    engine.later(
        INTERVAL,
        () -> {
          lookInBackground();
          lookLater();
        });
  }

  private void lookInBackground() {
    try {
      look();
    } catch (RuntimeException e) {
      if (!engine.isClosing()) {
        // A request for usage reports it itself.
        log.debug("The statements of the databases could not be counted.", e);
      }
    }
  }

  private synchronized void look() {
    Map<String, Long> now = engine.engine().statements();
    // As exact as the API shows times: so a period can begin where the one before it ended.
    Instant moment = workspace.now().truncatedTo(ChronoUnit.MILLIS);
    now.forEach(
        (database, counter) -> {
          long before = counters.getOrDefault(database, 0L);
          // A restored database is another to the engine, which counts from 0 again.
          long more = counter < before ? counter : counter - before;
          if (more > 0) {
            intervals
                .computeIfAbsent(database, name -> new ArrayList<>())
                .add(new Interval(lastLook, moment, more));
          }
        });
    counters = now;
    lastLook = moment;
    workspace.atomically(
        () -> intervals.keySet().removeIf(name -> workspace.databases.find(name).isEmpty()));
  }

  private record Interval(Instant start, Instant end, long statements) {}
}
