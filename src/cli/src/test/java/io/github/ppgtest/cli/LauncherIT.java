package io.github.ppgtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The file that Unix starts by its name. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "starts no such file")
final class LauncherIT {
  private final Path file = Path.of(System.getProperty("ppgtest.jar")).resolveSibling("ppgtest");

  private record Outcome(int exitCode, String output, String errors) {}

  @Test
  void anybodyCanStartIt() throws Exception {
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void takesTheJavaOfThePath() throws Exception {
    Outcome outcome = version(Map.of("PATH", Path.of(PpgtestJar.java()).getParent().toString()));

    assertThat(outcome.output()).startsWith("ppgtest ");
    assertThat(outcome.errors()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void takesThatOfJavaHomeBefore() throws Exception {
    Outcome outcome =
        version(Map.of("PATH", "/nowhere", "JAVA_HOME", System.getProperty("java.home")));

    assertThat(outcome.output()).startsWith("ppgtest ");
  }

  @Test
  void saysWhatToDoWhereThereIsNoJava() throws Exception {
    assertThat(version(Map.of("PATH", "/nowhere")))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "ppgtest: it needs Java 17 or newer, and there is no java: install one, and have"
                    + " JAVA_HOME or the PATH name it\n"));
    assertThat(version(Map.of("PATH", "/nowhere", "JAVA_HOME", "/old")).errors())
        .contains("there is no /old/bin/java");
  }

  private Outcome version(Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(file.toString(), "--version");
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output, errors);
  }
}
