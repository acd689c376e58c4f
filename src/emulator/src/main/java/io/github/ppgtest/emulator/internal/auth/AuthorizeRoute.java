package io.github.ppgtest.emulator.internal.auth;

import io.github.ppgtest.emulator.internal.http.Request;
import io.github.ppgtest.emulator.internal.http.Response;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code /authorize}: a user who is logged in and agrees at once. Where the redirect is not to be
 * trusted, the browser stays here, with a page that says why.
 */
final class AuthorizeRoute {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final OAuthLogins logins;

  AuthorizeRoute(OAuthLogins logins) {
    this.logins = logins;
  }

  Response answer(Request request) {
    Optional<String> clientId = request.query("client_id");
    if (clientId.isEmpty()) {
      return page("client_id is missing.");
    }
    Optional<String> redirectUri = request.query("redirect_uri").filter(this::isTrusted);
    if (redirectUri.isEmpty()) {
      return page(
          "redirect_uri must be an https URL without a fragment, or an http URL of the loopback"
              + " address.");
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    try {
      parameters.put("code", code(request, clientId.get(), redirectUri.get()));
    } catch (OAuthError e) {
      parameters.put("error", e.error());
      parameters.put("error_description", e.description());
    }
    request.query("state").ifPresent(state -> parameters.put("state", state));
    return redirect(redirectUri.get(), parameters);
  }

  private String code(Request request, String clientId, String redirectUri) {
    String responseType =
        request
            .query("response_type")
            .orElseThrow(() -> OAuthError.invalidRequest("response_type is missing."));
    if (!responseType.equals("code")) {
      throw OAuthError.unsupportedResponseType("response_type must be code.");
    }
    if (!request.query("code_challenge_method").equals(Optional.of("S256"))) {
      throw OAuthError.invalidRequest("code_challenge_method must be S256.");
    }
    String challenge =
        request
            .query("code_challenge")
            .filter(text -> text.matches("[A-Za-z0-9_-]{43}"))
            .orElseThrow(
                () ->
                    OAuthError.invalidRequest(
                        "code_challenge must be a SHA-256 in base64url, without padding."));
    Scopes scopes = Scopes.parse(request.query("scope").orElse(""));
    return logins.code(clientId, redirectUri, challenge, scopes);
  }

  private boolean isTrusted(String redirectUri) {
    URI uri;
    try {
      uri = new URI(redirectUri);
    } catch (URISyntaxException e) {
      return false;
    }
    if (uri.getScheme() == null
        || uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawFragment() != null) {
      return false;
    }
    return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
      case "https" -> true;
      case "http" -> LOOPBACK.contains(uri.getHost().toLowerCase(Locale.ROOT));
      default -> false;
    };
  }

  private static Response redirect(String uri, Map<String, String> parameters) {
    String query =
        parameters.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    return Response.redirect(uri + (uri.contains("?") ? "&" : "?") + query);
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static Response page(String problem) {
    return Response.html(
        400,
        "<!doctype html><html lang=\"en\"><title>Login</title><p>The login cannot begin: %s</p></html>"
            .formatted(problem));
  }
}
