package io.github.ppgtest.emulator.internal.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer that is an error, thrown where it is noticed. */
public final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The status of a validation error where the contract names no other. */
  public static final int UNPROCESSABLE = 422;

  private final int status;
  private final String code;
  private final @Nullable String hint;
  private final transient Map<String, String> headers;

  private ApiError(int status, String code, String message, @Nullable String hint) {
    this(status, code, message, hint, Map.of());
  }

  private ApiError(
      int status, String code, String message, @Nullable String hint, Map<String, String> headers) {
    // An expected answer, whose stack is not read.
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.hint = hint;
    this.headers = headers;
  }

  public static ApiError unauthenticated(String problem) {
    return new ApiError(
        401,
        "authentication-failed",
        problem,
        "Send the service token of this emulator as a bearer token, in the header Authorization.",
        Map.of("WWW-Authenticate", "Bearer"));
  }

  public static ApiError forbidden(String message, String hint) {
    return new ApiError(403, "permission-denied", message, hint);
  }

  public static ApiError notFound(String resource, String id, String prefix) {
    return new ApiError(
        404,
        "resource-not-found",
        "%s %s was not found.".formatted(resource, quote(id)),
        id.startsWith(prefix)
            ? null
            : "The id of a %s starts with %s."
                .formatted(resource.toLowerCase(Locale.ROOT), quote(prefix)));
  }

  static ApiError noRoute(String method, String path) {
    return new ApiError(
        404,
        "resource-not-found",
        "There is no %s %s.".formatted(method, quote(path)),
        "The emulator serves regions, workspaces, me, projects, databases with their backups and"
            + " usage, and connections under /v1.");
  }

  static ApiError methodNotAllowed(String method, String path, String allowed) {
    return new ApiError(
        405,
        "method-not-allowed",
        "%s does not take %s.".formatted(quote(path), method),
        "Allowed: %s.".formatted(allowed),
        Map.of("Allow", allowed));
  }

  public static ApiError conflict(String message, @Nullable String hint) {
    return new ApiError(409, "resource-conflict", message, hint);
  }

  static ApiError misdirected(String url) {
    return new ApiError(
        421,
        "misdirected-request",
        "The request names another host than this emulator's.",
        "Address the emulator as %s.".formatted(url));
  }

  static ApiError unsupportedMediaType(String type, String expected) {
    return new ApiError(
        415,
        "unsupported-media-type",
        "The Content-Type is %s.".formatted(quote(type)),
        "Send the header Content-Type: %s.".formatted(expected));
  }

  static ApiError malformed(String problem) {
    return new ApiError(400, "bad-request", "The request is malformed. " + problem, null);
  }

  static ApiError headTooLarge() {
    return new ApiError(
        431,
        "headers-too-large",
        "The request's head is larger than %d bytes, or has too many headers."
            .formatted(RequestHead.LARGEST),
        null);
  }

  static ApiError httpVersion() {
    return new ApiError(
        505, "http-version-not-supported", "The emulator speaks HTTP/1.1, and no other.", null);
  }

  static ApiError tooSlow(Duration timeout) {
    return new ApiError(
        408,
        "request-timeout",
        "The request did not come to its end in %d ms.".formatted(timeout.toMillis()),
        null);
  }

  /** Refuses what would have too much be done at once. */
  public static ApiError busy(int most) {
    return new ApiError(
        429,
        "rate-limit-exceeded",
        "The emulator is making %d databases already.".formatted(most),
        "Wait until some of them are ready.",
        Map.of("Retry-After", "1"));
  }

  static ApiError noThread() {
    return new ApiError(
        503,
        "service-unavailable",
        "The JVM of the emulator has no memory for a thread.",
        "Look at its memory, and at how many processes its user may have (ulimit -u).");
  }

  static ApiError tooLarge(int limit) {
    return new ApiError(
        413,
        "payload-too-large",
        "The request body is larger than %d bytes.".formatted(limit),
        null);
  }

  /** Refuses one field of a body or query, which is named first. */
  public static ApiError invalid(int status, String field, String problem) {
    return new ApiError(status, "validation-error", "%s: %s".formatted(field, problem), null);
  }

  /** Answers requests that still wait when the emulator is closed. */
  public static ApiError closing() {
    return new ApiError(503, "service-unavailable", "The emulator is being closed.", null);
  }

  /** An error that nothing in the emulator is the reason of. */
  public static ApiError injected(
      int status, String code, String message, Map<String, String> headers) {
    return new ApiError(status, code, message, null, headers);
  }

  static ApiError unexpected(String correlationId) {
    return new ApiError(
        500,
        "internal-error",
        "The emulator failed unexpectedly. Correlation id: %s.".formatted(correlationId),
        "The log of the JVM that runs the emulator has the cause under this id.");
  }

  /** Shortens what a client sent, so that a message stays one. */
  public static String quote(String value) {
    return '"' + (value.length() > 80 ? value.substring(0, 80) + "…" : value) + '"';
  }

  /** Tells whether the answer is 404. */
  public boolean isNotFound() {
    return status == 404;
  }

  public Response response() {
    return new Response(status, new Body(new Content(code, getMessage(), hint)), headers);
  }

  private record Body(Content error) {}

  private record Content(
      String code,
      @Nullable String message,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String hint) {}
}
