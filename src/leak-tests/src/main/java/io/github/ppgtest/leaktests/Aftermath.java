package io.github.ppgtest.leaktests;

import io.github.ppgtest.leaktests.Processes.Found;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The time after a victim's death, in which all that it had is to go. For one thread at a time.
 *
 * <p>Where the answer to a creation was lost, the clean-up waits half a minute for what may still
 * come of it: others die meanwhile.
 */
final class Aftermath {
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration NO_PROCESS_IS_LEFT = Duration.ofSeconds(30);

  /** The time after which a creation with a lost answer takes no effect any more. */
  static final Duration SETTLED = Duration.ofSeconds(33);

  private static final Duration LATEST = Duration.ofMinutes(5);

  /** One cleans up; one more is for what had not settled then. */
  private static final int MOST_JVMS = 2;

  private final Plan plan;
  private final boolean watched;
  private boolean nextMayHelp;
  private final Remains remains;
  private final Duration settling;
  private final Next next;
  private final long ended = System.nanoTime();
  private int jvms;
  private long lastJvm = ended;
  private boolean sweptWhenSettled;

  /** Runs the next JVM with ppgtest, which sweeps at its start. */
  interface Next {
    void run(int number) throws IOException, InterruptedException;
  }

  /**
   * Makes one.
   *
   * @param watched whether the victim had a watchdog when it died
   * @param settling how long a creation with a lost answer may still take effect
   */
  Aftermath(Plan plan, boolean watched, Remains remains, Duration settling, Next next) {
    this.plan = plan;
    this.watched = watched;
    // A watchdog starts in the background: who dies at once dies without it.
    this.nextMayHelp = plan.needsNext() || (!watched && plan.phase().isBefore(Phase.SCHEMA));
    this.remains = remains;
    this.settling = settling;
    this.next = next;
  }

  /**
   * Waits as long as there is something to delete.
   *
   * @return whether it is over, for better or worse; else all that is left is a note of what may
   *     still come
   */
  boolean isOverSoon() throws IOException, InterruptedException {
    while (since(ended).compareTo(LATEST) < 0) {
      List<Found> processes = remains.processes();
      List<String> files = remains.files();
      boolean cloudIsClean = remains.inTheCloud().isEmpty();
      if (processes.isEmpty() && files.isEmpty() && cloudIsClean) {
        return true;
      }
      boolean watchdogIsThere = processes.stream().anyMatch(Found::isWatchdog);
      boolean onlyNotes =
          cloudIsClean
              && processes.stream().allMatch(Found::isWatchdog)
              && files.stream().allMatch(remains::isLedger);
      // Classes in parallel begin at once: who dies then, in whatever phase, may have no watchdog.
      nextMayHelp |= !watched && onlyNotes && remains.areOfNothingThatWasAskedFor();
      if (!watchdogIsThere && nextMayHelp && jvms == 0) {
        runTheNext();
      } else if (onlyNotes
          && (watchdogIsThere || jvms > 0)
          && since(lastJvm).compareTo(AT_ONCE) > 0) {
        return false;
      } else if (!watchdogIsThere && since(lastJvm).compareTo(NO_PROCESS_IS_LEFT) > 0) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return true;
  }

  /** Waits until the note is gone too, or will stay until its deadline. */
  void awaitEnd() throws IOException, InterruptedException {
    while (since(ended).compareTo(LATEST) < 0) {
      boolean noProcessIsThere = remains.processes().isEmpty();
      if (noProcessIsThere && (remains.files().isEmpty() || !unanswered().isEmpty())) {
        return;
      }
      if (noProcessIsThere && jvms < MOST_JVMS && since(lastJvm).compareTo(settling) > 0) {
        if (!nextMayHelp) {
          return;
        }
        runTheNext();
      }
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  private void runTheNext() throws IOException, InterruptedException {
    jvms++;
    sweptWhenSettled |= since(ended).compareTo(settling) > 0;
    next.run(jvms);
    lastJvm = System.nanoTime();
  }

  /** Tells what came of it. */
  Death death(boolean met, String last, Path logs, List<String> wrong) throws IOException {
    Duration took = since(ended);
    List<String> unanswered = wrong.isEmpty() ? unanswered() : List.of();
    if (!unanswered.isEmpty()) {
      // What is counted is out of the way of those to come, like what is reported.
      remains.deleteLedgers();
    }
    List<String> left = new ArrayList<>(wrong);
    for (Found process : remains.processes()) {
      left.add(process.toString());
      // What is reported is out of the way of those to come.
      ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }
    left.addAll(remains.files());
    remains.ledgerLines().forEach(line -> left.add("ledger " + line));
    return new Death(plan, met, last, took, jvms, left, unanswered, logs);
  }

  /**
   * Returns the projects about to be created when the JVM and its watchdog were killed, if nothing
   * else is left. A later JVM keeps their note until its deadline: it cannot see whether a project
   * is in another workspace than its token's.
   */
  private List<String> unanswered() throws IOException {
    boolean bothKilled = plan.weapon() != Weapon.NONE && plan.watchdog() != Plan.WatchdogFate.LIVES;
    return bothKilled && sweptWhenSettled && remains.processes().isEmpty()
        ? remains.unansweredProjects()
        : List.of();
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
