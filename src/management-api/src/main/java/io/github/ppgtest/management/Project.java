package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.Check;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A project, which databases belong to. Immutable; {@link #toString()} hides connection strings.
 *
 * @param id the id, {@code proj_…}; never blank
 * @param name the display name; may be empty
 * @param url where the API serves it, or null where the API does not say
 * @param logicalId the identity its creator declared, or null
 * @param createdAt when it was made
 * @param defaultRegion the default region of its databases, or null
 * @param workspace the workspace it belongs to, or null where the API does not say
 * @param database the default database; null except in the answer that created the project, and
 *     there too when it was created without one
 * @since 0.1.0
 */
public record Project(
    String id,
    String name,
    @Nullable URI url,
    @Nullable String logicalId,
    Instant createdAt,
    @Nullable String defaultRegion,
    @Nullable ResourceRef workspace,
    @Nullable Database database) {
  /** Checks the parts. */
  public Project {
    Check.text(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(createdAt, "createdAt");
  }

  /**
   * Copies this with another default database.
   *
   * @param defaultDatabase the database, or null for none
   * @return a copy with that database
   */
  public Project withDatabase(@Nullable Database defaultDatabase) {
    return new Project(
        id, name, url, logicalId, createdAt, defaultRegion, workspace, defaultDatabase);
  }
}
