package io.github.ppgtest.cli.database;

import io.github.ppgtest.cli.ForegroundSignals;
import io.github.ppgtest.cli.PpgtestJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The surroundings of ppgtest: a directory and an environment of their own. Immutable. */
record Household(Path directory, Map<String, String> variables) {

  /** Surroundings without a token, with this machine's databases. */
  static Household in(Path directory) {
    return new Household(directory, Map.of());
  }

  Household with(String name, String value) {
    Map<String, String> more = new TreeMap<>(variables);
    more.put(name, value);
    return new Household(directory, more);
  }

  /** Runs the jar with these arguments. */
  HouseholdProcess ppgtest(String... arguments) throws IOException {
    return ppgtestBy(List.of(), arguments);
  }

  /** Runs it at a terminal of its own, with the process's input as keyboard. */
  HouseholdProcess ppgtestAtTerminal(String... arguments) throws IOException {
    ForegroundSignals.require();
    StringBuilder line = new StringBuilder("exec");
    for (String word : PpgtestJar.command(arguments)) {
      line.append(" '").append(word.replace("'", "'\\''")).append('\'');
    }
    return start(
        List.of("script", "--quiet", "--return", "--command", line.toString(), "/dev/null"));
  }

  /** Runs it where there is no terminal, as in CI. */
  HouseholdProcess ppgtestWithoutTerminal(String... arguments) throws IOException {
    return ppgtestBy(List.of("setsid"), arguments);
  }

  private HouseholdProcess ppgtestBy(List<String> prefix, String... arguments) throws IOException {
    return start(Stream.concat(prefix.stream(), PpgtestJar.command(arguments).stream()).toList());
  }

  /** Runs any command. */
  HouseholdProcess start(List<String> command) throws IOException {
    Path errors = Files.createTempFile(directory, "errors", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(ForegroundSignals.of(command))
            .directory(directory.toFile())
            .redirectError(errors.toFile());
    Map<String, String> environment = builder.environment();
    PpgtestJar.clean(environment);
    environment.putAll(PpgtestJar.homes(directory));
    environment.putAll(variables);
    return new HouseholdProcess(builder.start(), errors);
  }

  /** What is still written down as to be deleted. */
  List<Path> ledgers() throws IOException {
    if (Files.notExists(state())) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(state())) {
      return files.filter(file -> file.toString().endsWith(".ledger")).toList();
    }
  }

  /** The command that runs {@link Guest}. */
  static String[] guest() {
    return new String[] {
      PpgtestJar.java(), "-cp", System.getProperty("java.class.path"), Guest.class.getName()
    };
  }

  private Path state() {
    return directory.resolve("state");
  }
}
