package io.github.ppgtest.cli.workspace;

import io.github.ppgtest.management.Credentials;
import io.github.ppgtest.management.FileTokenStore;
import io.github.ppgtest.management.OAuthCredentials;
import io.github.ppgtest.management.OAuthTokens;
import io.github.ppgtest.management.TokenStore;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;

/**
 * A stored login. The tokens are in a file beside it, which only its owner can read.
 *
 * @param directory the directory of both
 * @param clientId the OAuth client of the login
 * @param authUrl the authorization server that issues and renews the tokens
 * @param apiUrl the API that the tokens are for, and are sent to alone
 */
record StoredLogin(Path directory, String clientId, URI authUrl, URI apiUrl) {
  private static final String FILE = "login.properties";

  /** Reads the login of a directory; empty where there is none. */
  static Optional<StoredLogin> load(Path directory) {
    Path file = directory.resolve(FILE);
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      return Optional.of(
          new StoredLogin(
              directory,
              required(properties, "client-id"),
              URI.create(required(properties, "auth-url")),
              URI.create(required(properties, "api-url"))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "The login in %s cannot be read (%s). Log in again with: ppgtest login"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static String required(Properties properties, String name) {
    String value = properties.getProperty(name, "");
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }

  /** Returns the token store of a directory's login. */
  static TokenStore tokens(Path directory) {
    return FileTokenStore.at(directory.resolve("tokens.json"));
  }

  /** Stores it with its tokens, and replaces another one. */
  void save(OAuthTokens tokens) {
    TokenStore store = tokens(directory);
    store.locked(
        () -> {
          store.save(tokens);
          write();
          return tokens;
        });
  }

  private void write() {
    Properties properties = new Properties();
    properties.setProperty("client-id", clientId);
    properties.setProperty("auth-url", authUrl.toString());
    properties.setProperty("api-url", apiUrl.toString());
    try {
      // Only the owner can write it: a writer could have the tokens sent to another server.
      Path next = Files.createTempFile(directory, "login", null);
      try (Writer writer = Files.newBufferedWriter(next)) {
        properties.store(writer, "A login of ppgtest. It ends with: ppgtest logout");
      }
      Files.move(next, directory.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The login could not be written to %s (%s). Log in again when that is mended."
              .formatted(directory, e.getMessage()),
          e);
    }
  }

  /**
   * Deletes a directory's login and its tokens.
   *
   * @return whether there was a login
   */
  static boolean forget(Path directory) {
    TokenStore tokens = tokens(directory);
    // The secret first.
    boolean found = Files.exists(directory) && tokens.load().isPresent();
    tokens.clear();
    try {
      return Files.deleteIfExists(directory.resolve(FILE)) || found;
    } catch (IOException e) {
      throw new UncheckedIOException("The login in " + directory + " could not be deleted", e);
    }
  }

  /** Returns whether the tokens are for this address of the API. */
  boolean isFor(URI address) {
    return withoutSlash(apiUrl).equals(withoutSlash(address));
  }

  private static String withoutSlash(URI url) {
    return url.toString().replaceFirst("(?<!/)/++$", "");
  }

  /** Creates the credentials, which renew the tokens in time. */
  Credentials credentials() {
    return new LoginCredentials(
        OAuthCredentials.builder()
            .clientId(clientId)
            .authUrl(authUrl)
            .tokenStore(tokens(directory))
            .build());
  }
}
