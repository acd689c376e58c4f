package io.github.ppgtest.management.internal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The claims of a JSON Web Token. Only read: its signature is the API's to check. */
public final class Jwt {
  /** The year 9999. */
  private static final long LATEST = 253_402_300_800L;

  private final JsonNode claims;

  private Jwt(JsonNode claims) {
    this.claims = claims;
  }

  /** Reads a token; one without any claim where it is of another kind. */
  public static Jwt read(String token) {
    JsonNode claims = claims(token);
    return new Jwt(
        claims == null || !claims.isObject() ? JsonNodeFactory.instance.objectNode() : claims);
  }

  private static @Nullable JsonNode claims(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return null;
    }
    try {
      return Json.read(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  /** Returns when it expires, or null where it does not say. */
  public @Nullable Instant expiresAt() {
    JsonNode exp = claims.path("exp");
    // RFC 7519 allows fractions. A moment beyond any date counts as missing.
    double seconds = exp.isNumber() ? exp.asDouble(-1) : -1;
    return seconds >= 0 && seconds < LATEST ? Instant.ofEpochSecond((long) seconds) : null;
  }

  /** Returns Prisma's claim for the workspace, or null. */
  public @Nullable String workspaceId() {
    JsonNode id = claims.path("workspace_id");
    return id.isString() && !id.stringValue().isBlank() ? id.stringValue() : null;
  }

  @Override
  public String toString() {
    return "Jwt";
  }
}
