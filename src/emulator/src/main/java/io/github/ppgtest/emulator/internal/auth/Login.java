package io.github.ppgtest.emulator.internal.auth;

import java.util.ArrayList;
import java.util.List;

/** A login: the tokens of one code, and those that they were exchanged for. */
final class Login {
  private final String clientId;
  private final Scopes scopes;
  private final List<String> accessTokens = new ArrayList<>();
  private boolean revoked;

  Login(String clientId, Scopes scopes) {
    this.clientId = clientId;
    this.scopes = scopes;
  }

  String clientId() {
    return clientId;
  }

  Scopes scopes() {
    return scopes;
  }

  boolean isRevoked() {
    return revoked;
  }

  void add(String accessToken) {
    accessTokens.add(accessToken);
  }

  /** Ends the login: a second use of a code or token may be a theft. */
  void revoke(Callers callers) {
    revoked = true;
    accessTokens.forEach(callers::revoke);
  }
}
