package io.github.ppgtest.management.internal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes secrets out of what others said, before it gets into a message. */
final class Redaction {
  private static final String HIDDEN = "[redacted]";

  /** Everything that looks like a credential, whoever's it is. */
  private static final Pattern SECRETS =
      Pattern.compile(
          // a URL with credentials, or with a key in its query
          "(?:prisma\\+)?postgres(?:ql)?://[^\\s\"'<>\\\\]+"
              + "|\\b[a-z][a-z0-9+.-]*://[^\\s\"'<>/@]+@[^\\s\"'<>\\\\]*"
              // a header, or what can be one; a sentence about bearer tokens is none
              + "|\\b(?<=(?i:authorization)[:=] ?)(?i:bearer)\\s+[^\\s\"'<>,]+"
              + "|\\b(?i:bearer)\\s+[A-Za-z0-9._~+/=-]{16,}"
              // Prisma's keys and JSON Web Tokens
              + "|\\bsk_[A-Za-z0-9_-]+"
              + "|\\beyJ[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]*)*"
              // a field of JSON, or of a query
              + "|(?i)\"?\\b(?:pass|password|token|secret|api_?key|connection_?string|value)\"?"
              + "\\s*[:=]\\s*(?:\"(?:[^\"\\\\]|\\\\.)*\"?|[^\\s\"'<>,}&]+)");

  private final @Nullable String token;
  private final @Nullable String encodedToken;

  /** Creates it for a client that sends this token, or none where it is null. */
  Redaction(@Nullable String token) {
    this.token = token;
    this.encodedToken = token == null ? null : URLEncoder.encode(token, StandardCharsets.UTF_8);
  }

  @Nullable String optional(@Nullable String text) {
    return text == null ? null : apply(text);
  }

  String apply(String text) {
    return SECRETS.matcher(without(without(text, token), encodedToken)).replaceAll(HIDDEN);
  }

  private static String without(String text, @Nullable String secret) {
    return secret == null ? text : text.replace(secret, HIDDEN);
  }

  @Override
  public String toString() {
    return "Redaction";
  }
}
