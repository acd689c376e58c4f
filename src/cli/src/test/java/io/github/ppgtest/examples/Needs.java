package io.github.ppgtest.examples;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Programs that a machine may lack. */
final class Needs {
  private Needs() {}

  /** Leaves the calling test out where there is no psql; or fails it, where nothing may be. */
  static void psql(String what) {
    boolean isThere =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "psql")));
    if (!isThere) {
      String message = "Left out: " + what + ", because there is no psql on the path.";
      if ("true".equals(System.getenv("NOTHING_LEFT_OUT"))) {
        fail(message);
      }
      System.out.println(message);
      abort(message);
    }
  }
}
