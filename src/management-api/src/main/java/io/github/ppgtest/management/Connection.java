package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.Check;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A set of credentials for one database. Immutable; {@link #toString()} hides connection strings.
 *
 * @param id the id, {@code con_…}; never blank
 * @param name the display name; may be empty
 * @param url where the API serves it, or null where the API does not say
 * @param createdAt when it was made
 * @param kind the kind of server at the other end
 * @param endpoints the ways to the database
 * @param database the database it belongs to, or null where the API does not say
 * @since 0.1.0
 */
public record Connection(
    String id,
    String name,
    @Nullable URI url,
    Instant createdAt,
    ConnectionKind kind,
    Endpoints endpoints,
    @Nullable ResourceRef database) {
  /** Checks the parts. */
  public Connection {
    Check.text(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(endpoints, "endpoints");
  }

  /**
   * Returns the URL for a PostgreSQL driver, credentials included: a secret.
   *
   * @return the direct connection string; empty unless this came from the answer that created the
   *     connection
   */
  public Optional<String> directConnectionString() {
    return Optional.ofNullable(endpoints.direct()).map(Endpoint::connectionString);
  }
}
