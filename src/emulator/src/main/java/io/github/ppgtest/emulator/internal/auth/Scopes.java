package io.github.ppgtest.emulator.internal.auth;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/** The scopes of a login. */
record Scopes(Set<String> names) {
  private static final String OFFLINE_ACCESS = "offline_access";
  private static final Set<String> KNOWN = Set.of("workspace:admin", OFFLINE_ACCESS);

  Scopes {
    // In the order in which they were asked for.
    names = new LinkedHashSet<>(names);
  }

  /**
   * Reads names with spaces between them.
   *
   * @throws OAuthError where there is none, or one that does not exist
   */
  static Scopes parse(String text) {
    Set<String> names = new LinkedHashSet<>(Arrays.asList(text.strip().split(" +")));
    names.remove("");
    if (names.isEmpty() || !KNOWN.containsAll(names)) {
      throw OAuthError.invalidScope("scope must be some of workspace:admin and offline_access.");
    }
    return new Scopes(names);
  }

  boolean includes(Scopes others) {
    return names.containsAll(others.names);
  }

  /** Returns whether a refresh token is allowed. */
  boolean offlineAccess() {
    return names.contains(OFFLINE_ACCESS);
  }

  @Override
  public String toString() {
    return String.join(" ", names);
  }
}
