package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.Check;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A reference to another resource: the project of a database, the workspace of a project, the
 * region of either. Immutable.
 *
 * @param id the id with its prefix, for example {@code proj_…}; never blank
 * @param name the display name; may be empty
 * @param url where the API serves it, or null where the API does not say
 * @since 0.1.0
 */
public record ResourceRef(String id, String name, @Nullable URI url) {
  /** Checks the parts. */
  public ResourceRef {
    Check.text(id, "id");
    Objects.requireNonNull(name, "name");
  }
}
