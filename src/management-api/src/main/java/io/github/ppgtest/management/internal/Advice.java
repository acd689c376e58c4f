package io.github.ppgtest.management.internal;

import java.net.URI;
import java.util.Locale;

/**
 * The advice in messages of failures. Prisma's status page and Prisma Console cover Prisma's own
 * API only, and no emulator's databases.
 *
 * @param baseUrl the address of the API that failed
 */
public record Advice(URI baseUrl) {
  private static final String PRISMA = "prisma.io";

  /** Returns whether an address is Prisma's own. */
  public static boolean isPrismas(URI url) {
    String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
    return host.equals(PRISMA) || host.endsWith("." + PRISMA);
  }

  /** Returns where a service token comes from, without a full stop. */
  public String newToken() {
    return isPrismas(baseUrl)
        ? "make one in Prisma Console, Workspace Settings, Service Tokens"
        : "take one of " + baseUrl;
  }

  /** Returns how to connect a repository for service tokens, without a full stop. */
  public String connectRepository(String repository) {
    return isPrismas(baseUrl)
        ? "Connect the repository%s with the workspace in Prisma Console (the project's settings, GitHub)"
            .formatted(repository)
        : "Let the repository%s have tokens of %s".formatted(repository, baseUrl);
  }

  String serverError() {
    return "The fault is on the API's side: try again later, and look at %s if it stays."
        .formatted(
            isPrismas(baseUrl) ? "Prisma's status page" : "the log of what serves " + baseUrl);
  }

  String refusedToken() {
    return "The service token is invalid or expired: " + newToken() + ".";
  }

  String planLimit() {
    return "The workspace has reached the limit of its plan: delete databases or projects that nobody needs%s, or choose a larger plan."
        .formatted(isPrismas(baseUrl) ? " (Prisma Console lists them)" : "");
  }

  /** Returns the beginning of a sentence. */
  String lookForIt() {
    return "The resource may have been created: look for it "
        + (isPrismas(baseUrl) ? "in Prisma Console" : "at " + baseUrl);
  }
}
