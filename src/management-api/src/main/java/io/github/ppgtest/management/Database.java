package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.Check;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Prisma Postgres database. Immutable; {@link #toString()} hides connection strings.
 *
 * @param id the id, {@code db_…}; never blank
 * @param name the display name; may be empty
 * @param url where the API serves it, or null where the API does not say
 * @param status the status
 * @param createdAt when it was made
 * @param isDefault whether it is its project's default database, which cannot be deleted by itself
 * @param defaultConnectionId the id of its default connection, or null where it has none
 * @param connections its connections; may be empty. Where an answer of an older API has credentials
 *     for the database and names no connection, there is one under the database's id
 * @param project the project it belongs to, or null where the API does not say
 * @param region its region, or null where the API does not say
 * @param branchId the branch it belongs to, or null where the API does not say
 * @param logicalId the identity its creator declared, or null
 * @param source the source it was created or last restored from; null where the API does not say
 * @since 0.1.0
 */
public record Database(
    String id,
    String name,
    @Nullable URI url,
    DatabaseStatus status,
    Instant createdAt,
    boolean isDefault,
    @Nullable String defaultConnectionId,
    List<Connection> connections,
    @Nullable ResourceRef project,
    @Nullable ResourceRef region,
    @Nullable String branchId,
    @Nullable String logicalId,
    @Nullable DatabaseSource source) {
  /** Checks the parts and copies the list. */
  public Database {
    Check.text(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(createdAt, "createdAt");
    connections = List.copyOf(connections);
  }

  /**
   * Finds the URL for a PostgreSQL driver, credentials included: a secret. The default connection
   * comes first, then the others in their order.
   *
   * @return the direct connection string; empty unless this came from the answer that created the
   *     database
   */
  public Optional<String> directConnectionString() {
    return Stream.concat(
            connections.stream().filter(c -> c.id().equals(defaultConnectionId)),
            connections.stream())
        .map(Connection::directConnectionString)
        .flatMap(Optional::stream)
        .findFirst();
  }

  /**
   * Copies this with one more connection, which comes first.
   *
   * @param connection the connection to put first
   * @return a copy with {@code connection} in front of the others
   */
  public Database withConnection(Connection connection) {
    List<Connection> all =
        Stream.concat(
                Stream.of(connection),
                connections.stream().filter(c -> !c.id().equals(connection.id())))
            .toList();
    return new Database(
        id,
        name,
        url,
        status,
        createdAt,
        isDefault,
        defaultConnectionId,
        all,
        project,
        region,
        branchId,
        logicalId,
        source);
  }
}
