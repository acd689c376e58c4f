package io.github.ppgtest.cli.database;

import io.github.ppgtest.PrismaPostgresFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.TypeConversionException;

/** What a database is to hold, as {@code --schema} names it. Immutable. */
final class SchemaSources {
  private enum Kind {
    PRISMA,
    FLYWAY,
    LIQUIBASE,
    SQL
  }

  private record Source(Kind kind, String path) {}

  private final List<Source> sources;

  private SchemaSources(List<Source> sources) {
    this.sources = List.copyOf(sources);
  }

  /**
   * Reads them; what a source is, its prefix tells, or what is there.
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
      if (text.startsWith(prefix)) {
        return new Source(kind, text.substring(prefix.length()));
      }
    }
    return new Source(kindOf(Path.of(text)), text);
  }

  private static Kind kindOf(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    if (!Files.exists(path)) {
      throw new TypeConversionException("there is no " + path + " for --schema");
    }
    if (Files.isRegularFile(path)) {
      return name.endsWith(".sql") && !isLiquibase(path) ? Kind.SQL : changelog(path, name);
    }
    List<String> content = contentOf(path);
    if (content.contains("migration_lock.toml")) {
      return Kind.PRISMA;
    }
    if (content.stream().anyMatch(file -> file.matches("[VR].*__.*\\.sql"))) {
      return Kind.FLYWAY;
    }
    throw unclear(path);
  }

  private static Kind changelog(Path path, String name) {
    if (name.matches(".*\\.(xml|ya?ml|json|sql)")) {
      return Kind.LIQUIBASE;
    }
    throw unclear(path);
  }

  private static boolean isLiquibase(Path script) {
    try (Stream<String> lines = Files.lines(script)) {
      return lines.findFirst().orElse("").startsWith("--liquibase formatted sql");
    } catch (IOException | UncheckedIOException e) {
      throw new TypeConversionException(script + " for --schema cannot be read: " + e.getMessage());
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

  /** Has each fresh database made with them, in the library's order of kinds. */
  void applyTo(PrismaPostgresFixture.Builder builder) {
    paths(Kind.PRISMA).forEach(builder::prismaMigrations);
    if (has(Kind.FLYWAY)) {
      builder.flyway(paths(Kind.FLYWAY).map(path -> "filesystem:" + path).toArray(String[]::new));
    }
    paths(Kind.LIQUIBASE).map(path -> "file:" + path).forEach(builder::liquibase);
    if (has(Kind.SQL)) {
      builder.scripts(paths(Kind.SQL).map(path -> "file:" + path).toArray(String[]::new));
    }
  }

  private boolean has(Kind kind) {
    return sources.stream().anyMatch(source -> source.kind() == kind);
  }

  private Stream<String> paths(Kind kind) {
    return sources.stream().filter(source -> source.kind() == kind).map(Source::path);
  }
}
