package io.github.ppgtest.cli.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code examples/failsafe}, built as its README says, by the Maven that runs this build. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs the script mvn")
final class FailsafeExampleIT {
  private static final Pattern USED = Pattern.compile("(\\w+IT) used (ppgtest_\\w+)");

  @TempDir private Path directory;

  @BeforeEach
  void copy() throws IOException {
    Path example = Path.of(System.getProperty("example.directory"), "failsafe");
    try (Stream<Path> files = Files.walk(example)) {
      for (Path file : files.toList()) {
        Path relative = example.relativize(file);
        if (relative.toString().contains("target")) {
          continue;
        }
        Path copy = directory.resolve(relative);
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  @Test
  void givesOneDatabaseToAllModulesAndForks() throws Exception {
    String[] command =
        Stream.concat(
                Stream.of("run", "--provider", "embedded", "--schema", "schema.sql", "--"),
                maven("verify").stream())
            .toArray(String[]::new);
    try (HouseholdProcess ppgtest = Household.in(directory).ppgtest(command)) {
      List<String> output = ppgtest.output();

      assertThat(ppgtest.exitCode()).as(String.join("\n", output)).isZero();
      List<Matcher> used = output.stream().map(USED::matcher).filter(Matcher::find).toList();
      assertThat(used)
          .extracting(match -> match.group(1))
          .containsExactlyInAnyOrder("CatalogIT", "PricesIT", "OrdersIT", "UnknownProductIT");
      assertThat(used).extracting(match -> match.group(2)).containsOnly(used.get(0).group(2));
    }
    assertThat(Household.in(directory).ledgers()).isEmpty();
  }

  @Test
  void saysHowToBuildItWhereThereIsNoDatabase() throws Exception {
    try (HouseholdProcess build =
        Household.in(directory).start(maven("-pl", "catalog", "-Dit.test=CatalogIT", "verify"))) {
      List<String> output = build.output();

      assertThat(build.exitCode()).isEqualTo(1);
      assertThat(output)
          .anyMatch(
              line ->
                  line.endsWith(
                      "JDBC_DATABASE_URL is not set. For a build with a database of its own:"
                          + " java -jar ppgtest.jar run --schema schema.sql -- mvn verify"));
    }
  }

  private static List<String> maven(String... arguments) {
    return Stream.concat(
            Stream.of(
                System.getProperty("example.maven"),
                "-B",
                "-ntp",
                "-Dmaven.repo.local=" + System.getProperty("example.repository")),
            Stream.of(arguments))
        .toList();
  }
}
