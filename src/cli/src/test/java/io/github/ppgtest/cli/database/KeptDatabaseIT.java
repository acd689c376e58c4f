package io.github.ppgtest.cli.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.cli.PpgtestJar;
import io.github.ppgtest.emulator.PrismaPostgresEmulator;
import io.github.ppgtest.examples.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The commands that are named where a database is kept do what they say. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no shell to run them in")
final class KeptDatabaseIT {
  @TempDir private Path directory;

  @BeforeEach
  void letPostgresThrough() throws IOException {
    // Where the tests run as root, PostgreSQL runs as another user.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void isReachedAndDeletedByItsNameInTheCloud() throws Exception {
    try (PrismaPostgresEmulator cloud = PrismaPostgresEmulator.start()) {
      assertReachedAndDeleted(
          Household.in(directory)
              .with("PPGTEST_API_URL", cloud.apiUrl().toString())
              .with("PRISMA_SERVICE_TOKEN", cloud.serviceToken()));
    }
  }

  @Test
  void isReachedAndDeletedByItsNameOnThisMachine() throws Exception {
    assertReachedAndDeleted(Household.in(directory).with("PPGTEST_PROVIDER", "embedded"));
  }

  @Test
  void isReachedAndDeletedByItsNameInPrismaDev() throws Exception {
    Needs.program("npm", "a kept database of prisma dev");
    assertReachedAndDeleted(Household.in(directory).with("PPGTEST_PROVIDER", "dev"));
  }

  private static void assertReachedAndDeleted(Household here) throws Exception {
    String said;
    List<String> keep =
        List.of(
            PpgtestJar.java(),
            "-cp",
            System.getProperty("java.class.path"),
            Keeping.class.getName());
    try (HouseholdProcess run = here.start(keep)) {
      assertThat(run.exitCode()).as(run.errors()).isZero();
      said = run.errors();
    }
    String url = output(here, named(said, "url"));

    try (Connection connection = DriverManager.getConnection(jdbc(url));
        ResultSet row = connection.createStatement().executeQuery("SELECT 1")) {
      assertThat(row.next()).isTrue();
    }
    assertThat(output(here, named(said, "delete"))).startsWith("Deleted ");
    assertThat(here.ledgers()).isEmpty();
  }

  /** Finds the command that is named, without its first word. */
  private static String[] named(String said, String verb) {
    Matcher command = Pattern.compile(": ppgtest (" + verb + " \\S+)").matcher(said);
    assertThat(command.find()).as(said).isTrue();
    return command.group(1).split(" ");
  }

  private static String output(Household here, String... arguments) throws Exception {
    try (HouseholdProcess command = here.ppgtest(arguments)) {
      List<String> output = command.output();
      assertThat(command.exitCode()).as(command.errors()).isZero();
      assertThat(output).hasSize(1);
      return output.get(0);
    }
  }

  /** The driver takes user and password as parameters only. */
  private static String jdbc(String url) {
    Matcher parts = Pattern.compile("postgres://([^:]+):([^@]+)@(.*)").matcher(url);
    assertThat(parts.matches()).isTrue();
    return "jdbc:postgresql://%s&user=%s&password=%s"
        .formatted(parts.group(3), parts.group(1), parts.group(2));
  }
}
