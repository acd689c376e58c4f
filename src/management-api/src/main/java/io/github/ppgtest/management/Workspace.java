package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.Check;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A workspace, which projects and service tokens belong to. Immutable.
 *
 * @param id the id, {@code wksp_…}; never blank
 * @param name the display name; may be empty
 * @param url where the API serves it, or null where the API does not say
 * @param createdAt when it was made
 * @since 0.1.0
 */
public record Workspace(String id, String name, @Nullable URI url, Instant createdAt) {
  /** Checks the parts. */
  public Workspace {
    Check.text(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(createdAt, "createdAt");
  }
}
