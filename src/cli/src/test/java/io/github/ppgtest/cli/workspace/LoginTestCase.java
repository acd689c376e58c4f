package io.github.ppgtest.cli.workspace;

import io.github.ppgtest.management.OAuthTokens;
import java.net.URI;

/** A JVM that stores a login where the command does. */
public final class LoginTestCase {
  private LoginTestCase() {}

  public static void main(String[] arguments) {
    new StoredLogin(
            ConfigDirectory.path(),
            "an-app",
            URI.create("http://127.0.0.1:1"),
            URI.create("http://127.0.0.1:2"))
        .save(new OAuthTokens("access", "refresh", null, null));
  }
}
