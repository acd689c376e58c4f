package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a JVM of its own, as loggers keep the stream that they first saw. */
class UserLogTest {
  @TempDir private Path directory;

  @Test
  void tellsInOneMessageWhatFailedAndWhyAndNothingThatATerminalObeys() throws Exception {
    assertThat(logged("info"))
        .containsExactly(
            "[main] WARN a - Not done: a\\u001b[31m, java.io.IOException: b\\u0007",
            "  because of java.lang.IllegalStateException: c\\u009b",
            "[main] ERROR a - Not done: d\\u0007");
  }

  @Test
  void hasTheStackTraceForDebugging() throws Exception {
    assertThat(logged("debug"))
        .contains("[main] DEBUG a - The stack trace of what failed")
        .anyMatch(
            line -> line.startsWith("\tat io.github.ppgtest.emulator.UserLogTest$Main.main("));
  }

  private List<String> logged(String level) throws Exception {
    Path errors = directory.resolve("errors");
    Process process =
        ChildJvm.of(
                List.of(
                    "-Dorg.slf4j.simpleLogger.logFile=System.err",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=" + level),
                Main.class)
            .redirectError(errors.toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    return Files.readAllLines(errors);
  }

  static final class Main {
    private Main() {}

    public static void main(String[] arguments) {
      UserLog log = UserLog.of("a");
      Exception cause = new IOException("b\u0007");
      log.warn(
          "Not done: {}, {}", "a\u001b[31m", cause, new IllegalStateException("c\u009b", cause));
      log.error("Not done: {}", "d\u0007", new IllegalStateException("d\u0007"));
    }
  }
}
