package io.github.ppgtest.emulator.clients;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that ran to its end, and what it printed. */
record Program(int status, String output) {
  private static final int MINUTES = 5;

  static Program run(Path directory, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Process process = start(directory, environment, command);
    process.getOutputStream().close();
    return ended(
        process, new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
  }

  static Process start(Path directory, Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    // A reader of its output would else wait for ever.
    process
        .onExit()
        .orTimeout(MINUTES, TimeUnit.MINUTES)
        .exceptionally(tooLong -> process.destroyForcibly());
    return process;
  }

  static Program ended(Process process, String output) throws InterruptedException {
    return new Program(process.waitFor(), output);
  }

  String lastLine() {
    List<String> lines = output.lines().toList();
    return lines.get(lines.size() - 1);
  }
}
