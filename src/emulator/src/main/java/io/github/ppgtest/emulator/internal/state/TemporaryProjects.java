package io.github.ppgtest.emulator.internal.state;

import io.github.ppgtest.emulator.UserLog;
import io.github.ppgtest.emulator.internal.http.ApiError;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Projects that are deleted at the end of their time, unless they are claimed before. Safe for use
 * by many threads.
 */
public final class TemporaryProjects {
  private static final UserLog LOG = UserLog.of(TemporaryProjects.class.getName());

  private final Projects projects;
  private final EngineWorkers engine;
  private final Clock clock;

  /** The ends of unclaimed projects; guarded by itself. */
  private final Map<String, Instant> ends = new HashMap<>();

  public TemporaryProjects(Projects projects, EngineWorkers engine, Clock clock) {
    this.projects = projects;
    this.engine = engine;
    this.clock = clock;
  }

  /** Creates a project for a limited time. */
  public CreatedProject create(NewProject wanted, Duration lifetime) {
    CreatedProject created = projects.create(wanted);
    synchronized (ends) {
      ends.put(created.project().id(), clock.instant().plus(lifetime));
    }
    engine.later(lifetime, () -> expire(created.project().id()));
    return created;
  }

  /**
   * Deletes a project at its end. A timer and a clock do not agree to the millisecond: an early
   * call comes again.
   */
  private void expire(String projectId) {
    Instant end;
    synchronized (ends) {
      end = ends.get(projectId);
    }
    if (end == null) {
      return;
    }
    Duration left = Duration.between(clock.instant(), end);
    if (left.isNegative() || left.isZero()) {
      deleteExpired();
    } else {
      engine.later(left.plusMillis(1), () -> expire(projectId));
    }
  }

  /**
   * Lets a project stay as long as the emulator; claiming it again changes nothing.
   *
   * @throws ApiError 404 where it does not exist, or no longer
   */
  public Project claim(String projectId) {
    deleteExpired();
    Project project = projects.get(projectId);
    synchronized (ends) {
      ends.remove(projectId);
    }
    return project;
  }

  /**
   * Deletes expired projects, and returns when they are gone. A timer does so too; this is for
   * callers about to list them.
   */
  public void deleteExpired() {
    expired().forEach(this::delete);
  }

  private List<String> expired() {
    synchronized (ends) {
      Instant now = clock.instant();
      List<String> expired =
          ends.entrySet().stream()
              .filter(end -> !end.getValue().isAfter(now))
              .map(Map.Entry::getKey)
              .toList();
      expired.forEach(ends::remove);
      return expired;
    }
  }

  private void delete(String projectId) {
    try {
      projects.delete(projectId);
    } catch (RuntimeException e) {
      // No caller waits for this step: only the log can show why.
      if (!engine.isClosing()) {
        LOG.warn("The time of project {} is over, but it could not be deleted", projectId, e);
      }
    }
  }
}
