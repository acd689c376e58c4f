package io.github.ppgtest.leaktests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What a process was seen doing, line by line, until it ends. Thread-safe. */
final class Events {
  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  synchronized void add(String line) {
    lines.add(line);
    notifyAll();
  }

  /** No more will come. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /**
   * Waits for a line.
   *
   * @param part what the line contains
   * @param occurrence which of those lines, from 1
   * @return empty where it did not come, in this time or before the end
   */
  synchronized Optional<String> await(String part, int occurrence, Duration timeout)
      throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    int seen = 0;
    for (int next = 0; ; next++) {
      while (next == lines.size() && !ended && System.nanoTime() - deadline < 0) {
        TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
      }
      if (next == lines.size()) {
        return Optional.empty();
      }
      if (lines.get(next).contains(part) && ++seen == occurrence) {
        return Optional.of(lines.get(next));
      }
    }
  }

  /** Returns what was seen last. */
  synchronized String last() {
    return lines.isEmpty() ? "nothing" : lines.get(lines.size() - 1);
  }

  /** Returns all of it. */
  synchronized List<String> all() {
    return List.copyOf(lines);
  }
}
