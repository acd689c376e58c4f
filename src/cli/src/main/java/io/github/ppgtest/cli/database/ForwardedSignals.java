package io.github.ppgtest.cli.database;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Forwards the signals that end programs to a command, in place of ending this JVM, which goes on
 * until the command has ended. Thread-safe.
 */
final class ForwardedSignals {
  private static final String INTERRUPT = "INT";
  private static final String TERMINATE = "TERM";
  private static final String HANG_UP = "HUP";

  private final List<String> early = new ArrayList<>();
  private @Nullable Process command;

  private ForwardedSignals() {}

  /** Begins to intercept them. Signals before there is a command are kept for it. */
  static ForwardedSignals begin() {
    ForwardedSignals signals = new ForwardedSignals();
    for (String name : List.of(INTERRUPT, TERMINATE, HANG_UP)) {
      Signals.handle(name, () -> signals.take(name));
    }
    return signals;
  }

  synchronized void goTo(Process started) {
    command = started;
    early.forEach(signal -> send(signal, started));
    early.clear();
  }

  private synchronized void take(String signal) {
    Process receiver = command;
    if (receiver == null) {
      early.add(signal);
    } else if (!(signal.equals(INTERRUPT) && hasTerminal())) {
      send(signal, receiver);
    }
  }

  /**
   * Returns whether there is a terminal: Ctrl-C there reaches the command by itself, as all
   * programs that run there.
   */
  private static boolean hasTerminal() {
    if (OperatingSystem.isWindows()) {
      return true;
    }
    try (FileInputStream terminal = new FileInputStream("/dev/tty")) {
      return terminal.getFD().valid();
    } catch (IOException e) {
      return false;
    }
  }

  private static void send(String signal, Process receiver) {
    if (signal.equals(TERMINATE) || OperatingSystem.isWindows()) {
      receiver.destroy();
      return;
    }
    try {
      new ProcessBuilder("/bin/sh", "-c", "kill -%s %d".formatted(signal, receiver.pid()))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      // Another signal is better than none.
      receiver.destroy();
    }
  }
}
