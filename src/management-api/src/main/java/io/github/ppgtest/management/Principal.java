package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.Check;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The principal of a token. Immutable.
 *
 * @param user the person, or null for a token that stands for no person
 * @param workspace the workspace the token is bound to, or null where it is bound to none
 * @param credential the credential that the caller used
 * @since 0.1.0
 */
public record Principal(
    @Nullable User user, @Nullable ResourceRef workspace, Credential credential) {
  /** Checks the parts. */
  public Principal {
    Objects.requireNonNull(credential, "credential");
  }

  /**
   * A person.
   *
   * @param id the id; never blank
   * @param email the address
   * @param name the name, or null where none was given
   * @since 0.1.0
   */
  public record User(String id, String email, @Nullable String name) {
    /** Checks the parts. */
    public User {
      Check.text(id, "id");
      Objects.requireNonNull(email, "email");
    }
  }

  /**
   * The caller's credential; never the secret itself.
   *
   * @param type the kind of credential in the API's word, for example {@code service_token}
   * @param id its id, or null where the API does not say
   * @param name its display name, or null where it has none
   * @since 0.1.0
   */
  public record Credential(String type, @Nullable String id, @Nullable String name) {
    /** Checks the parts. */
    public Credential {
      Check.text(type, "type");
    }
  }
}
