package io.github.ppgtest.cli;

import io.github.ppgtest.emulator.PrintableText;
import java.io.PrintStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows work of more than a second at a terminal, on the error stream, with its duration, and
 * erases it afterwards. Elsewhere it prints nothing.
 */
public final class Progress {
  private static final String ERASE_LINE = "\r\u001b[2K";
  private static final int SECOND = 1000;

  private final String what;
  private final PrintStream out;
  private final @Nullable Thread ticks;
  private boolean ended;

  private Progress(String what, PrintStream out, boolean isShown) {
    this.what = what;
    this.out = out;
    this.ticks = isShown ? new Thread(this::tick, "ppgtest-progress") : null;
    if (ticks != null) {
      ticks.setDaemon(true);
      ticks.start();
    }
  }

  /**
   * Runs work, and shows its duration.
   *
   * @param names the work, such as {@code Making a database}
   * @return the work's result
   */
  public static <T> T showing(String what, Supplier<T> work) {
    Progress progress =
        new Progress(PrintableText.line(what), System.err, Terminal.isInteractive());
    try {
      return work.get();
    } finally {
      progress.end();
    }
  }

  private synchronized void tick() {
    long begin = System.nanoTime();
    try {
      wait(SECOND);
      while (!ended) {
        long seconds = (System.nanoTime() - begin) / 1_000_000_000;
        out.print(ERASE_LINE + what + " … " + seconds + " s");
        out.flush();
        wait(SECOND);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (System.nanoTime() - begin >= SECOND * 1_000_000L) {
      out.print(ERASE_LINE);
      out.flush();
    }
  }

  /** Ends, and erases the line. */
  private void end() {
    if (ticks == null) {
      return;
    }
    synchronized (this) {
      ended = true;
      notifyAll();
    }
    try {
      ticks.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
