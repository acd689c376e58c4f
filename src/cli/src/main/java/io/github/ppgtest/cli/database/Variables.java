package io.github.ppgtest.cli.database;

import io.github.ppgtest.ExistingDatabase;
import io.github.ppgtest.PrismaPostgresDatabase;
import io.github.ppgtest.cli.NodeCertificates;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a database for programs in any language.
 *
 * @param connectionString with credentials
 * @param jdbcUrl without
 * @param until when it is deleted at the latest; null where that is unknown
 * @param certificate the file with the server's certificate; null where none is needed
 */
record Variables(
    String id,
    String name,
    String provider,
    String connectionString,
    String jdbcUrl,
    String username,
    String password,
    @Nullable Instant until,
    @Nullable String certificate) {

  /** The names of all that {@link #forFiles()} has for any database. */
  static final List<String> FILE_NAMES =
      List.of(
          "DATABASE_URL",
          "DIRECT_URL",
          "JDBC_DATABASE_URL",
          "JDBC_DATABASE_USERNAME",
          "JDBC_DATABASE_PASSWORD",
          "PPGTEST_DATABASE_ID",
          "PPGTEST_DATABASE_NAME",
          "PPGTEST_DATABASE_PROVIDER",
          "PPGTEST_DATABASE_UNTIL");

  /** Returns those of a database that lasts until it is deleted. */
  static Variables of(PrismaPostgresDatabase database) {
    return new Variables(
        database.id(),
        database.name(),
        database.provider().name().toLowerCase(Locale.ROOT),
        database.connectionString(),
        database.jdbcUrl(),
        database.username(),
        database.password(),
        database.expiresAt().orElse(null),
        database.certificate().map(Path::toString).orElse(null));
  }

  /** The variables for a file: Prisma's, JDBC's, and ppgtest's identification. */
  Map<String, String> forFiles() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("DATABASE_URL", connectionString);
    // Prisma ORM up to 6 migrates there.
    variables.put("DIRECT_URL", connectionString);
    variables.put("JDBC_DATABASE_URL", jdbcUrl);
    variables.put("JDBC_DATABASE_USERNAME", username);
    variables.put("JDBC_DATABASE_PASSWORD", password);
    variables.put("PPGTEST_DATABASE_ID", id);
    variables.put("PPGTEST_DATABASE_NAME", name);
    variables.put("PPGTEST_DATABASE_PROVIDER", provider);
    if (until != null) {
      variables.put("PPGTEST_DATABASE_UNTIL", until.toString());
    }
    if (certificate != null) {
      variables.put("PGSSLROOTCERT", certificate);
      variables.put(NodeCertificates.VARIABLE, NodeCertificates.with(Path.of(certificate)));
    }
    return variables;
  }

  /** The variables for a process: the same, and those of PostgreSQL's own programs. */
  Map<String, String> forProcesses() {
    Map<String, String> variables = forFiles();
    // Hidden by the prefix, a URI's parts can be read; not its host, which may have an underscore.
    URI url = URI.create(jdbcUrl.substring("jdbc:".length()));
    String address = url.getRawAuthority();
    int colon = address.lastIndexOf(':');
    variables.put("PGHOST", address.substring(0, colon).replaceAll("[\\[\\]]", ""));
    variables.put("PGPORT", address.substring(colon + 1));
    variables.put("PGDATABASE", url.getPath().substring(1));
    variables.put("PGUSER", username);
    variables.put("PGPASSWORD", password);
    variables.put("PGSSLMODE", "require");
    return variables;
  }

  /** Returns those of the same database once it is detached. */
  Variables leftAs(ExistingDatabase left) {
    return new Variables(
        id,
        left.name(),
        provider,
        connectionString,
        jdbcUrl,
        username,
        password,
        left.until(),
        certificate);
  }

  /** The secrets among them, the longest first. */
  List<String> secrets() {
    return List.of(connectionString, password);
  }

  /** Leaves the secrets out. */
  @Override
  public String toString() {
    return "%s (%s) of %s".formatted(name, id, provider);
  }
}
