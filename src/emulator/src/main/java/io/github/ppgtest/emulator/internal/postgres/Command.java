package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs programs with an environment that does not mislead PostgreSQL. */
final class Command {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /**
   * The result of a program.
   *
   * @param exitCode its exit code
   * @param output its output, standard output and error together
   */
  record Result(int exitCode, String output) {
    boolean succeeded() {
      return exitCode == 0;
    }
  }

  private Command() {}

  /** Returns a builder without the caller's settings for PostgreSQL or its libraries. */
  static ProcessBuilder builder(Path workingDirectory, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(workingDirectory.toFile());
    Map<String, String> environment = builder.environment();
    environment
        .keySet()
        .removeIf(
            name ->
                name.startsWith("PG")
                    || name.startsWith("PPGTEST_")
                    || name.startsWith("PRISMA_")
                    || name.equals("LD_LIBRARY_PATH")
                    || name.equals("DYLD_LIBRARY_PATH"));
    environment.put("LC_ALL", "C");
    environment.put("TZ", "UTC");
    return builder;
  }

  /** Runs a program to its end, in spite of interrupts. */
  static Result run(Path workingDirectory, List<String> command) {
    return run(builder(workingDirectory, command), "");
  }

  /** Runs a program to its end, in spite of interrupts, with this on its standard input. */
  static Result run(ProcessBuilder builder, String input) {
    String program = builder.command().get(0);
    Process process;
    try {
      process = builder.redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new DatabaseEngineException("Cannot start " + program + ".", e);
    }
    FutureTask<String> output = new FutureTask<>(() -> readAll(process.getInputStream()));
    boolean isRead = start(output);
    try {
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // It ended without reading; its exit code and its output say why.
      }
      if (!isRead) {
        output.run();
      }
      String printed =
          Uninterruptibly.get(
              () -> {
                if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                  throw new TimeoutException();
                }
                return output.get();
              });
      return new Result(process.exitValue(), printed.strip());
    } catch (ExecutionException e) {
      throw new DatabaseEngineException("Cannot read what " + program + " prints.", e.getCause());
    } catch (TimeoutException e) {
      throw new DatabaseEngineException(
          program + " did not end within " + PATIENCE.toSeconds() + " s.", null);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Returns false where the JVM can start no thread more. */
  private static boolean start(Runnable work) {
    Thread thread = new Thread(work, "ppgtest-output");
    thread.setDaemon(true);
    try {
      thread.start();
      return true;
    } catch (OutOfMemoryError e) {
      return false;
    }
  }

  private static String readAll(InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
