package io.github.ppgtest.cli;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A process of the executable jar. */
final class RunningCommand implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 300;

  private final Process process;
  private final BufferedReader output;
  private final Path errors;

  private RunningCommand(Process process, Path errors) {
    this.process = process;
    this.output = process.inputReader();
    this.errors = errors;
    // What reads its output would else wait for ever, as long as any process has it open.
    process
        .onExit()
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .exceptionally(
            tooLong -> {
              process.descendants().forEach(ProcessHandle::destroyForcibly);
              return process.destroyForcibly();
            });
  }

  static RunningCommand start(String... arguments) throws IOException {
    Path errors = Files.createTempFile("ppgtest-cli", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(ForegroundSignals.of(PpgtestJar.command(arguments)))
            .redirectError(errors.toFile());
    PpgtestJar.clean(builder.environment());
    return new RunningCommand(builder.start(), errors);
  }

  List<String> readLines(int count) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String line = output.readLine();
      if (line == null) {
        throw new IOException("It ended after %s and %s".formatted(lines, errors()));
      }
      lines.add(line);
    }
    return lines;
  }

  /** Returns the rest of what it prints until it ends. */
  String output() {
    return output.lines().map(line -> line + System.lineSeparator()).collect(Collectors.joining());
  }

  String errors() throws IOException {
    return Files.readString(errors);
  }

  void type(String line) throws IOException {
    try (BufferedWriter input = process.outputWriter()) {
      input.write(line);
      input.newLine();
    }
  }

  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  /** Does what Ctrl-C does. */
  void interrupt() throws IOException, InterruptedException {
    ForegroundSignals.require();
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  /** Ends it, gently: it has a server to stop. */
  @Override
  public void close() throws IOException {
    process.destroy();
    process.onExit().join();
    Files.delete(errors);
  }
}
