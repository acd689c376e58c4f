package io.github.ppgtest.cli.database;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The variables that tell programs in any language of a database.
 *
 * @param connectionString with credentials
 * @param jdbcUrl without
 * @param until when it is deleted at the latest; null where nobody knows
 */
record Variables(
    String id,
    String name,
    String provider,
    String connectionString,
    String jdbcUrl,
    String username,
    String password,
    @Nullable Instant until) {

  /** What programs expect in a file: Prisma's, JDBC's, and what identifies it for ppgtest. */
  Map<String, String> forFiles() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("DATABASE_URL", connectionString);
    variables.put("JDBC_DATABASE_URL", jdbcUrl);
    variables.put("JDBC_DATABASE_USERNAME", username);
    variables.put("JDBC_DATABASE_PASSWORD", password);
    variables.put("PPGTEST_DATABASE_ID", id);
    variables.put("PPGTEST_DATABASE_NAME", name);
    variables.put("PPGTEST_DATABASE_PROVIDER", provider);
    if (until != null) {
      variables.put("PPGTEST_DATABASE_UNTIL", until.toString());
    }
    return variables;
  }

  /** The same for a process, with those of PostgreSQL's own programs. */
  Map<String, String> forProcesses() {
    Map<String, String> variables = forFiles();
    // Hidden by the prefix, a URI's parts can be read.
    URI url = URI.create(jdbcUrl.substring("jdbc:".length()));
    variables.put("PGHOST", url.getHost());
    variables.put("PGPORT", Integer.toString(url.getPort()));
    variables.put("PGDATABASE", url.getPath().substring(1));
    variables.put("PGUSER", username);
    variables.put("PGPASSWORD", password);
    variables.put("PGSSLMODE", "require");
    return variables;
  }

  /** Has no secrets. */
  @Override
  public String toString() {
    return "%s (%s) of %s".formatted(name, id, provider);
  }
}
