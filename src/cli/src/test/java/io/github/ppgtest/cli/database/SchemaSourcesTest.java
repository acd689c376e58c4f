package io.github.ppgtest.cli.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SchemaSourcesTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--liquibase formatted sql",
        "-- liquibase formatted sql",
        "--LIQUIBASE   Formatted SQL changeLogId:1-2",
        "  --   liquibase formatted\tsql",
        "--liquibaseformatted sql",
        "\n  \r\n-- liquibase formatted sql\n--changeset me:1",
        "\uFEFF-- liquibase formatted sql"
      })
  void areChangelogsWhereLiquibaseTakesThemForSome(String text) throws IOException {
    assertThat(kind("schema.sql", text)).isEqualTo("liquibase");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SELECT 1;",
        "-- not liquibase formatted sql",
        "/* liquibase formatted sql */",
        "SELECT 1;\n--liquibase formatted sql"
      })
  void areScriptsWhereLiquibaseDoesNot(String text) throws IOException {
    assertThat(kind("schema.sql", text)).isEqualTo("sql");
  }

  @ParameterizedTest
  @CsvSource({
    "changelog.xml, <databaseChangeLog/>, liquibase",
    "changelog.YAML, databaseChangeLog: [], liquibase",
    "changelog.json, {\"databaseChangeLog\": []}, liquibase",
    "dump.sql, -- tæxt, sql",
    "db/V1__init.sql, SELECT 1, flyway",
    "prisma/1_init/migration.sql, SELECT 1, prisma",
    "prisma/migration_lock.toml, , prisma"
  })
  void areKnownByWhatIsInThem(String file, String text, String kind) throws IOException {
    assertThat(kind(file, text)).isEqualTo(kind);
  }

  @Test
  void areScriptsWhereTheyAreNoTextSoThatTheLibraryRefusesThem() throws IOException {
    assertThat(kind("shop.dump", "PGDMP\u0001\u000e\0")).isEqualTo("sql");
    Path utf16 = directory.resolve("utf16.sql");
    Files.writeString(utf16, "-- liquibase formatted sql", StandardCharsets.UTF_16);
    assertThat(SchemaSources.of(List.of(utf16.toString()))).hasToString("sql:" + utf16);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          V1__init.sql        | 0                                                 | %s is one migration of Flyway's; for --schema name its folder, or write sql: before it
          schema.prisma       | 0                                                 | %s is Prisma's own; for --schema name the folder of its migrations, such as prisma/migrations
          migration_lock.toml | 0                                                 | %s is Prisma's own; for --schema name the folder of its migrations, such as prisma/migrations
          package.json        | {}                                                | it is not clear what %s is; write prisma:, flyway:, liquibase: or sql: before it
          """)
  void areRefusedWhereTheyAreSomethingElse(String name, String text, String message)
      throws IOException {
    String file = Files.writeString(directory.resolve(name), text).toString();

    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> SchemaSources.of(List.of(file)))
        .withMessage(message, file);
  }

  @Test
  void areNoDirectoriesOfPgDump() throws IOException {
    Files.writeString(directory.resolve("toc.dat"), "PGDMP");

    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> SchemaSources.of(List.of(directory.toString())))
        .withMessage(
            "%1$s is a dump in the directory format of pg_dump; for --schema make a script of it:"
                + " pg_restore --no-owner --no-privileges --file=dump.sql %1$s",
            directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:", "filesystem:", "FILE:", "sql:file:", "SQL:", "file://"})
  void takeTheLibrarysPrefixes(String prefix) throws IOException {
    Path file = Files.writeString(directory.resolve("a.sql"), "SELECT 1");

    assertThat(SchemaSources.of(List.of(prefix + file))).hasToString("sql:" + file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nope.sql", "./db/../nope.sql", "file:nope.sql"})
  void areSaidToBeMissingWhereTheyWereLookedFor(String missing) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> SchemaSources.of(List.of(missing)))
        .withMessage(
            "there is no %s for --schema; name a file or a folder, absolute or from the working"
                + " directory",
            Path.of("nope.sql").toAbsolutePath());
  }

  @Test
  void areNotOnAClassPath() {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> SchemaSources.of(List.of("classpath:schema.sql")))
        .withMessage(
            "classpath:schema.sql for --schema cannot be: the command has no class path; name a"
                + " file");
  }

  /** Writes a file, and returns what it is, or the folder that it is in. */
  private String kind(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text == null ? "" : text);
    Path source = file.getParent().equals(directory) ? file : directory.resolve(name.split("/")[0]);
    return SchemaSources.of(List.of(source.toString())).toString().split(":")[0];
  }
}
