package io.github.ppgtest.examples;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Programs that a machine may lack. */
public final class Needs {
  private Needs() {}

  /**
   * Leaves the calling test out where there is no such program; or fails it, where nothing may be.
   */
  public static void program(String name, String what) {
    boolean isThere =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    if (!isThere) {
      String message = "Left out: %s, because there is no %s on the path.".formatted(what, name);
      if ("true".equals(System.getenv("NOTHING_LEFT_OUT"))) {
        fail(message);
      }
      System.out.println(message);
      abort(message);
    }
  }
}
