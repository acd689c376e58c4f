package io.github.ppgtest.cli.database;

import io.github.ppgtest.PrismaPostgresFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.TypeConversionException;

/** The sources of a database's schema, as {@code --schema} names them. Immutable. */
final class SchemaSources {
  private enum Kind {
    PRISMA,
    FLYWAY,
    LIQUIBASE,
    SQL
  }

  private record Source(Kind kind, String path) {}

  /** The first line of a changelog in SQL, as Liquibase's own parser knows it. */
  private static final Pattern FORMATTED_SQL =
      Pattern.compile("\\s*--\\s*liquibase\\s*formatted.*", Pattern.CASE_INSENSITIVE);

  /** UTF-8's mark, read byte by byte. */
  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

  private static final Pattern ROOT_OF_CHANGELOG = Pattern.compile("\\bdatabaseChangeLog\\b");

  /** A migration's name, as Flyway has it by default. */
  private static final Pattern FLYWAY = Pattern.compile("([VUB][0-9].*|R)__.*\\.sql");

  private static final Pattern LOCATION =
      Pattern.compile("(file|filesystem|classpath\\*?):(.*)", Pattern.CASE_INSENSITIVE);

  private final List<Source> sources;

  private SchemaSources(List<Source> sources) {
    this.sources = List.copyOf(sources);
  }

  /**
   * Reads them; a source's kind is known by its prefix, or by its file.
   *
   * @throws TypeConversionException if that is not clear, or if there can be only one of a kind
   */
  static SchemaSources of(List<String> texts) {
    List<Source> sources = new ArrayList<>();
    for (String text : texts) {
      sources.add(source(text));
    }
    for (Kind kind : List.of(Kind.PRISMA, Kind.LIQUIBASE)) {
      if (sources.stream().filter(source -> source.kind() == kind).count() > 1) {
        throw new TypeConversionException(
            "--schema names more than one of " + kind.name().toLowerCase(Locale.ROOT));
      }
    }
    return new SchemaSources(sources);
  }

  private static Source source(String text) {
    for (Kind kind : Kind.values()) {
      String prefix = kind.name().toLowerCase(Locale.ROOT) + ":";
      if (text.regionMatches(true, 0, prefix, 0, prefix.length())) {
        return new Source(kind, path(text.substring(prefix.length())));
      }
    }
    String path = path(text);
    return new Source(kindOf(Path.of(path)), path);
  }

  /** Takes the prefixes of the library's settings too, where they mean files. */
  private static String path(String text) {
    Matcher location = LOCATION.matcher(text);
    if (!location.matches()) {
      return text;
    }
    if (location.group(1).toLowerCase(Locale.ROOT).startsWith("classpath")) {
      throw new TypeConversionException(
          "%s for --schema cannot be: the command has no class path; name a file".formatted(text));
    }
    return location.group(2).replaceFirst("^//(?=/)", "");
  }

  private static Kind kindOf(Path path) {
    if (!Files.exists(path)) {
      throw new TypeConversionException(
          "there is no %s for --schema; name a file or a folder, absolute or from the working directory"
              .formatted(path.toAbsolutePath().normalize()));
    }
    return Files.isRegularFile(path) ? kindOfFile(path) : kindOfFolder(path);
  }

  private static Kind kindOfFile(Path path) {
    String name = String.valueOf(path.getFileName());
    if (name.equals("migration_lock.toml") || name.endsWith(".prisma")) {
      throw new TypeConversionException(
          "%s is Prisma's own; for --schema name the folder of its migrations, such as prisma/migrations"
              .formatted(path));
    }
    if (FLYWAY.matcher(name).matches()) {
      throw new TypeConversionException(
          "%s is one migration of Flyway's; for --schema name its folder, or write sql: before it"
              .formatted(path));
    }
    String lower = name.toLowerCase(Locale.ROOT);
    String text = textOf(path);
    if (lower.endsWith(".sql")) {
      return isFormattedSql(text) ? Kind.LIQUIBASE : Kind.SQL;
    }
    if (lower.matches(".*\\.(xml|ya?ml|json)") && ROOT_OF_CHANGELOG.matcher(text).find()) {
      return Kind.LIQUIBASE;
    }
    if (text.indexOf('\0') >= 0) {
      // A dump that is no script: the library reports it.
      return Kind.SQL;
    }
    throw unclear(path);
  }

  private static boolean isFormattedSql(String text) {
    String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    return FORMATTED_SQL.matcher(first).matches();
  }

  private static Kind kindOfFolder(Path path) {
    List<String> content = contentOf(path);
    if (content.contains("migration_lock.toml")
        || content.stream()
            .anyMatch(name -> Files.exists(path.resolve(name).resolve("migration.sql")))) {
      return Kind.PRISMA;
    }
    if (content.stream().anyMatch(file -> FLYWAY.matcher(file).matches())) {
      return Kind.FLYWAY;
    }
    if (content.contains("toc.dat")) {
      throw new TypeConversionException(
          "%s is a dump in the directory format of pg_dump; for --schema make a script of it: pg_restore --no-owner --no-privileges --file=dump.sql %s"
              .formatted(path, path));
    }
    throw unclear(path);
  }

  /** Reads a file byte by byte, since it may be no text, and without a byte order mark. */
  private static String textOf(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
    } catch (IOException e) {
      throw new TypeConversionException(file + " for --schema cannot be read: " + e.getMessage());
    }
  }

  private static List<String> contentOf(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new TypeConversionException(folder + " for --schema cannot be read: " + e.getMessage());
    }
  }

  private static TypeConversionException unclear(Path path) {
    return new TypeConversionException(
        "it is not clear what %s is; write prisma:, flyway:, liquibase: or sql: before it"
            .formatted(path));
  }

  /** Adds them to a fixture, in the library's order of kinds. */
  void applyTo(PrismaPostgresFixture.Builder builder) {
    paths(Kind.PRISMA).forEach(builder::prismaMigrations);
    if (has(Kind.FLYWAY)) {
      builder.flyway(paths(Kind.FLYWAY).map(path -> "filesystem:" + path).toArray(String[]::new));
    }
    if (has(Kind.LIQUIBASE)) {
      LiquibaseLog.onlyWarn();
      paths(Kind.LIQUIBASE).map(path -> "file:" + path).forEach(builder::liquibase);
    }
    if (has(Kind.SQL)) {
      builder.scripts(paths(Kind.SQL).map(path -> "file:" + path).toArray(String[]::new));
    }
  }

  /** Liquibase's own log: each step, on standard error. */
  private static final class LiquibaseLog {
    /** Held here, since java.util.logging forgets a logger with its level otherwise. */
    private static final Logger LOGGER = Logger.getLogger("liquibase");

    private static void onlyWarn() {
      LOGGER.setLevel(Level.WARNING);
    }
  }

  private boolean has(Kind kind) {
    return sources.stream().anyMatch(source -> source.kind() == kind);
  }

  private Stream<String> paths(Kind kind) {
    return sources.stream().filter(source -> source.kind() == kind).map(Source::path);
  }

  /** Returns them with their prefixes. */
  @Override
  public String toString() {
    return sources.stream()
        .map(source -> source.kind().name().toLowerCase(Locale.ROOT) + ":" + source.path())
        .collect(Collectors.joining(", "));
  }
}
