package io.github.ppgtest.cli;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The signals of what tests start. A build behind {@code nohup} or {@code &} of a script ignores
 * SIGHUP or SIGINT, and so does all that it starts: a test that sends one would wait for ever.
 */
public final class ForegroundSignals {
  /** As bits of the mask that Linux shows: SIGHUP, SIGINT. */
  private static final long OF_TESTS = 1L | 1L << 1;

  private static final List<String> RESTORING = List.of("env", "--default-signal=HUP,INT");

  private static final boolean ARE_IGNORED = areIgnored();
  private static final boolean CAN_BE_RESTORED = ARE_IGNORED && canBeRestored();

  private ForegroundSignals() {}

  /** Returns the command as it is, or behind one with which it ignores no signal. */
  public static List<String> of(List<String> command) {
    return CAN_BE_RESTORED ? Stream.concat(RESTORING.stream(), command.stream()).toList() : command;
  }

  /** Leaves the calling test out where what it has started ignores signals. */
  public static void require() {
    if (ARE_IGNORED && !CAN_BE_RESTORED) {
      String message =
          "Left out: signals, because this build ignores SIGINT or SIGHUP, as behind nohup or &, and"
              + " env has no --default-signal.";
      System.out.println(message);
      abort(message);
    }
  }

  private static boolean areIgnored() {
    try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
      return status
          .filter(line -> line.startsWith("SigIgn:"))
          .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
          .anyMatch(ignored -> (ignored & OF_TESTS) != 0);
    } catch (IOException e) {
      // Another system than Linux, which does not tell.
      return false;
    }
  }

  private static boolean canBeRestored() {
    try {
      return new ProcessBuilder(Stream.concat(RESTORING.stream(), Stream.of("true")).toList())
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
