package io.github.ppgtest.cli.workspace;

import io.github.ppgtest.cli.PpgtestJar;
import io.github.ppgtest.emulator.PrismaPostgresEmulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The surroundings of a command: a directory and a configuration of its own, without a login. */
final class Workplace {
  private static final int PATIENCE_SECONDS = 300;

  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();

  Workplace(Path directory) {
    this.directory = directory;
    environment.putAll(PpgtestJar.homes(directory));
  }

  /** Has commands speak to an emulator in the role of the cloud, without a login. */
  Workplace withCloud(PrismaPostgresEmulator cloud) {
    return with("PPGTEST_API_URL", cloud.apiUrl().toString());
  }

  Workplace with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Path config() {
    return directory.resolve("config");
  }

  /** Runs a command to its end. */
  Finished run(String... arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile(directory, "out", null);
    Path err = Files.createTempFile(directory, "err", null);
    Process process = start(out, err, arguments);
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("It does not end: " + Files.readString(err));
      }
      return new Finished(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      process.destroyForcibly();
    }
  }

  /** Starts a command with files for its output and errors. */
  Process start(Path out, Path err, String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(PpgtestJar.command(arguments))
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    PpgtestJar.clean(builder.environment());
    builder.environment().putAll(environment);
    return builder.start();
  }
}
