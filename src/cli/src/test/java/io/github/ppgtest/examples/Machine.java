package io.github.ppgtest.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A machine of a CI system, as scripts see it: a clone, programs, an environment. */
final class Machine {
  private static final int PATIENCE_MINUTES = 10;

  /** How a script ended, and all that it printed. */
  record Outcome(int exitCode, String output) {}

  private final Path log;
  private final Path programs;
  private final Path project;
  private final Path temporary;
  private final Path state;
  private final Map<String, String> environment = new HashMap<>();

  /** Sets one up in an empty directory. */
  static Machine in(Path directory) throws IOException {
    // PostgreSQL may run as another user, who has to get to what is below.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new Machine(directory);
  }

  private Machine(Path directory) throws IOException {
    log = Files.createDirectory(directory.resolve("log"));
    programs = Files.createDirectory(directory.resolve("programs"));
    project = Files.createDirectory(directory.resolve("project"));
    state = directory.resolve("state");
    temporary = Files.createDirectory(directory.resolve("temporary"));
    StandIns.writeTo(programs, log, Path.of(System.getProperty("ppgtest.jar")).toAbsolutePath());
    Path java = Path.of(System.getProperty("java.home"), "bin");
    environment.put("PATH", programs + ":" + java + ":" + System.getenv("PATH"));
    environment.put("HOME", System.getProperty("user.home"));
    environment.put("CI", "true");
    environment.put("XDG_STATE_HOME", state.toString());
    environment.put("XDG_CONFIG_HOME", directory.resolve("config").toString());
  }

  /** Adds what scripts find in their environment. */
  Machine with(Map<String, String> variables) {
    environment.putAll(variables);
    return this;
  }

  /** Adds a file to the clone of the repository. */
  Machine file(String name, String content) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    return this;
  }

  /** Adds a program to it. */
  Machine script(String name, String content) throws IOException {
    file(name, "#!/usr/bin/env bash\nset -e\n" + content + "\n");
    Files.setPosixFilePermissions(
        project.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
    return this;
  }

  /** Makes a repository of git of all that is there. */
  void commit() throws IOException, InterruptedException {
    Outcome outcome = run(List.of("bash", "-e"), "git init --quiet\ngit add .\n", Map.of());
    if (outcome.exitCode() != 0) {
      throw new IOException(outcome.output());
    }
  }

  boolean has(String variable) {
    return environment.containsKey(variable);
  }

  Path project() {
    return project;
  }

  /** Returns a folder outside of the clone. */
  Path temporary() {
    return temporary;
  }

  Outcome run(List<String> shell, String script, Map<String, String> variables)
      throws IOException, InterruptedException {
    Path file = Files.writeString(Files.createTempFile(temporary, "script", ".sh"), script);
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(shell));
    builder.command().add(file.toString());
    builder.directory(project.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().putAll(variables);
    Process process = builder.start();
    process.getOutputStream().close();
    // A reader of its output would else wait for ever.
    process
        .onExit()
        .orTimeout(PATIENCE_MINUTES, TimeUnit.MINUTES)
        .exceptionally(tooLong -> process.destroyForcibly());
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }

  /** Returns the lines that the programs wrote down under a name. */
  List<String> logged(String name) throws IOException {
    Path file = log.resolve(name);
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /** Returns what all files of the project say, but for those that caches keep. */
  List<String> projectFiles() throws IOException {
    try (Stream<Path> files = Files.walk(project)) {
      List<String> contents = new ArrayList<>();
      for (Path file :
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.toString().contains("/.m2/"))
              .toList()) {
        contents.add(Files.readString(file));
      }
      return contents;
    }
  }

  /** Returns what still names databases that are to be deleted. */
  List<Path> ledgers() throws IOException {
    if (!Files.exists(state)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(state)) {
      return files.filter(file -> file.toString().endsWith(".ledger")).toList();
    }
  }
}
