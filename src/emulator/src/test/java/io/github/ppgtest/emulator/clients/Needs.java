package io.github.ppgtest.emulator.clients;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Programs that a build does without, saying so, and that the build of record may not do without.
 */
final class Needs {
  private Needs() {}

  /** Leaves the calling test out where one of these is not on the path. */
  static void programs(String what, String... programs) throws InterruptedException {
    for (String program : programs) {
      if (version(program).isEmpty()) {
        leaveOut(what, "there is no %s on the path.".formatted(program));
      }
    }
  }

  /** Returns what a program says of its version; empty where it is not there. */
  static Optional<String> version(String program) throws InterruptedException {
    try {
      Program run = Program.run(Path.of("."), Map.of(), List.of(program, "--version"));
      return run.status() == 0 ? Optional.of(run.lastLine()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Leaves the calling test out, for a person to see; or fails it where nothing may be left out.
   */
  static void leaveOut(String what, String why) {
    String message = "Left out: " + what + ", because " + why;
    if ("true".equals(System.getenv("NOTHING_LEFT_OUT"))) {
      fail(message);
    }
    System.out.println(message);
    abort(message);
  }
}
