package io.github.ppgtest.cli.database;

import io.github.ppgtest.cli.ForegroundSignals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A running ppgtest, with all that it has started. */
final class HouseholdProcess implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 300;

  /** What a terminal is told before the line that shows the progress is written anew. */
  private static final String ERASE = "\u001b[2K";

  private final Process process;
  private final BufferedReader output;
  private final Path errors;

  HouseholdProcess(Process process, Path errors) {
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

  /** Reads on until there is a line that begins so, and returns it. */
  String awaitLine(String beginning) throws IOException {
    List<String> others = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      String text = line.replace(ERASE, "");
      if (text.startsWith(beginning)) {
        return text;
      }
      others.add(line);
    }
    throw new IOException(
        "There was no line '%s…' in %s, and the errors were: %s"
            .formatted(beginning, others, errors()));
  }

  /** Returns the rest of what is printed until it ends. */
  List<String> output() {
    return output.lines().toList();
  }

  String errors() throws IOException {
    return Files.readString(errors);
  }

  /** What it has written to its error stream beside the provider that it uses. */
  String complaints() throws IOException {
    return errors().replaceFirst("(?m)^ppgtest: Provider [A-Z]+, because .*\\R", "");
  }

  /** Types this, or presses these keys; the keyboard stays there. */
  void type(String keys) throws IOException {
    OutputStream keyboard = process.getOutputStream();
    keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
  }

  void endInput() throws IOException {
    process.getOutputStream().close();
  }

  void signal(String name) throws IOException, InterruptedException {
    ForegroundSignals.require();
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  /** What it has started, and what that has. */
  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  /** Those that still run after all of them had time to end. */
  static List<ProcessHandle> survivors(List<ProcessHandle> processes) {
    CompletableFuture.allOf(
            processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
    return processes.stream().filter(ProcessHandle::isAlive).toList();
  }

  /** The directories of the PostgreSQL servers among these. */
  static List<Path> dataDirectories(List<ProcessHandle> processes) {
    return processes.stream().flatMap(HouseholdProcess::dataDirectory).toList();
  }

  private static Stream<Path> dataDirectory(ProcessHandle process) {
    List<String> arguments = List.of(process.info().arguments().orElse(new String[0]));
    int option = arguments.indexOf("-D");
    return option < 0 ? Stream.empty() : Stream.of(Path.of(arguments.get(option + 1)));
  }

  /** Ends it, gently: it has a database to delete. */
  @Override
  public void close() throws IOException {
    process.destroy();
    process.onExit().join();
  }
}
