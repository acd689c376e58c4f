package io.github.ppgtest.emulator.internal.auth;

import org.jspecify.annotations.Nullable;

/**
 * Whom a token stands for.
 *
 * @param isUser whether that is the emulator's one user, or nobody but the workspace
 * @param credentialType the kind of token, in the API's word
 * @param credentialId the id of what gave it; null where it has none
 * @param credentialName how a person calls it; null where it has no name
 */
public record Caller(
    boolean isUser,
    String credentialType,
    @Nullable String credentialId,
    @Nullable String credentialName) {

  static Caller serviceToken(@Nullable String id, String name) {
    return new Caller(false, "service_token", id, name);
  }

  static Caller oauth(String clientId) {
    return new Caller(true, "oauth", clientId, null);
  }
}
