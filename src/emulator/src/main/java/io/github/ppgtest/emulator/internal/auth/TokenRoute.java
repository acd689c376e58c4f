package io.github.ppgtest.emulator.internal.auth;

import io.github.ppgtest.emulator.internal.http.ApiError;
import io.github.ppgtest.emulator.internal.http.Request;
import io.github.ppgtest.emulator.internal.http.Response;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /token}: tokens for a code or a refresh token, asked for by clients without a secret. */
final class TokenRoute {
  private final OAuthLogins logins;

  TokenRoute(OAuthLogins logins) {
    this.logins = logins;
  }

  Response answer(Request request) {
    try {
      return new Response(200, tokens(form(request)), Map.of("Cache-Control", "no-store"));
    } catch (OAuthError e) {
      return e.response();
    }
  }

  private static Map<String, String> form(Request request) {
    try {
      return request.form();
    } catch (ApiError e) {
      throw OAuthError.invalidRequest(String.valueOf(e.getMessage()));
    }
  }

  private OAuthLogins.Tokens tokens(Map<String, String> form) {
    String grantType = required(form, "grant_type");
    return switch (grantType) {
      case "authorization_code" ->
          logins.redeem(
              required(form, "code"),
              clientId(form),
              required(form, "redirect_uri"),
              required(form, "code_verifier"));
      case "refresh_token" ->
          logins.refresh(required(form, "refresh_token"), clientId(form), scopes(form));
      default ->
          throw OAuthError.unsupportedGrantType(
              "grant_type must be authorization_code or refresh_token, not %s."
                  .formatted(ApiError.quote(grantType)));
    };
  }

  private static String required(Map<String, String> form, String name) {
    String value = form.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw OAuthError.invalidRequest(name + " is missing.");
    }
    return value;
  }

  private static String clientId(Map<String, String> form) {
    String id = form.getOrDefault("client_id", "");
    if (id.isEmpty()) {
      throw OAuthError.invalidClient("client_id is missing.");
    }
    return id;
  }

  private static @Nullable Scopes scopes(Map<String, String> form) {
    String text = form.getOrDefault("scope", "");
    return text.isEmpty() ? null : Scopes.parse(text);
  }
}
