package io.github.ppgtest.emulator.internal.auth;

import io.github.ppgtest.emulator.internal.http.Response;
import java.util.Map;

/** An error of the token endpoint, see RFC 6749, section 5.2. */
final class OAuthError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String error;
  private final String description;

  private OAuthError(int status, String error, String description) {
    // An expected answer: its stack is not read.
    super(error + ": " + description, null, false, false);
    this.status = status;
    this.error = error;
    this.description = description;
  }

  static OAuthError invalidRequest(String description) {
    return new OAuthError(400, "invalid_request", description);
  }

  static OAuthError invalidGrant(String description) {
    return new OAuthError(400, "invalid_grant", description);
  }

  static OAuthError unsupportedResponseType(String description) {
    return new OAuthError(400, "unsupported_response_type", description);
  }

  static OAuthError invalidScope(String description) {
    return new OAuthError(400, "invalid_scope", description);
  }

  static OAuthError unsupportedGrantType(String description) {
    return new OAuthError(400, "unsupported_grant_type", description);
  }

  static OAuthError invalidClient(String description) {
    return new OAuthError(401, "invalid_client", description);
  }

  String error() {
    return error;
  }

  String description() {
    return description;
  }

  Response response() {
    return new Response(status, new Body(error, description), Map.of("Cache-Control", "no-store"));
  }

  private record Body(String error, String error_description) {}
}
