package io.github.ppgtest.emulator.internal.auth;

import org.jspecify.annotations.Nullable;

/**
 * The principal of a token.
 *
 * @param isUser whether it is the emulator's one user, or only the workspace
 * @param credentialType the kind of token, in the API's word
 * @param credentialId the id of its source; null where it has none
 * @param credentialName its name for users; null where it has no name
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
