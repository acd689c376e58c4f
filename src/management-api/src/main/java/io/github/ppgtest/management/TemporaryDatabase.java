package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.Check;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;

/**
 * A database of the create-db service, which deletes it by itself unless it is claimed. Immutable;
 * {@link #toString()} hides the connection string.
 *
 * @param projectId the id of the project that it is the default database of; never blank
 * @param database the database, just created
 * @param connectionString the direct URL for a PostgreSQL driver, credentials included: a secret
 * @param claimUrl where a person with a Prisma account can keep it
 * @param expiresAt when it is deleted, by the client's clock
 * @since 0.1.0
 */
public record TemporaryDatabase(
    String projectId, Database database, String connectionString, URI claimUrl, Instant expiresAt) {
  /** Checks the parts. */
  public TemporaryDatabase {
    Check.text(projectId, "projectId");
    Objects.requireNonNull(database, "database");
    Check.text(connectionString, "connectionString");
    Objects.requireNonNull(claimUrl, "claimUrl");
    Objects.requireNonNull(expiresAt, "expiresAt");
  }

  @Override
  public String toString() {
    return "TemporaryDatabase[%s, %s, claimUrl=%s, expiresAt=%s]"
        .formatted(projectId, database.id(), claimUrl, expiresAt);
  }
}
