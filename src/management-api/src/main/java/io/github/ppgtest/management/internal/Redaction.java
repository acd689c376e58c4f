package io.github.ppgtest.management.internal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** Removes secrets from texts of others, before they get into a message. */
final class Redaction {
  private static final String HIDDEN = "[redacted]";

  /**
   * Everything that looks like a credential, wherever it comes from. Each repetition is possessive
   * or bounded, so that the time grows as the text does, and so does no stack.
   */
  private static final Pattern SECRETS =
      Pattern.compile(
          // a URL with credentials, or with a key in its query
          "(?:prisma\\+)?postgres(?:ql)?://[^\\s\"'<>\\\\]++"
              + "|(?:\\b[a-z][a-z0-9+.-]{0,30}+)?+://[^\\s\"'<>/@]++@[^\\s\"'<>\\\\]*+"
              // a header, or what can be one; a sentence about bearer tokens is none
              + "|\\b(?<=(?i:authorization)[:=] ?)(?i:bearer)\\s++[^\\s\"'<>,]++"
              + "|\\b(?i:bearer)\\s++[A-Za-z0-9._~+/=-]{16,}+"
              // Prisma's keys and JSON Web Tokens
              + "|\\bsk_[A-Za-z0-9_-]++"
              + "|\\beyJ[A-Za-z0-9_-]{8,}+[A-Za-z0-9_.-]*+"
              // an authorization code, its state or its challenge, in a query or a form
              + "|(?<=[?&])(?:code|state|code_challenge)=[^\\s\"'<>&]++"
              // a field of JSON, or of a query
              + "|(?i)\"?\\b(?:pass|password|(?:[a-z]++_)?token|(?:[a-z]++_)?secret|api_?key"
              + "|code_?verifier|connection_?string|value)\"?"
              + "\\s*+[:=]\\s*+(?:\"(?:[^\"\\\\]|\\\\[\\s\\S])*+\"?|[^\\s\"'<>,}&]++)");

  /**
   * A client that runs for days has a new token each hour; older ones are not repeated by a server.
   */
  private static final int MOST_LEARNT = 16;

  private final List<String> learnt = new CopyOnWriteArrayList<>();

  /** Hides this text too from now on, whatever its form. */
  void learn(String secret) {
    if (!secret.isEmpty() && !learnt.contains(secret)) {
      synchronized (learnt) {
        learnt.add(secret);
        if (learnt.size() > MOST_LEARNT) {
          learnt.remove(0);
        }
      }
    }
  }

  String apply(String text) {
    String without = text;
    for (String secret : learnt) {
      without =
          without
              .replace(secret, HIDDEN)
              .replace(URLEncoder.encode(secret, StandardCharsets.UTF_8), HIDDEN);
    }
    return SECRETS.matcher(without).replaceAll(HIDDEN);
  }

  @Override
  public String toString() {
    return "Redaction";
  }
}
