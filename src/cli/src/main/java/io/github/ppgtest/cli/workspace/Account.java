package io.github.ppgtest.cli.workspace;

import io.github.ppgtest.PrismaPostgresAdmin;
import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.Provider;
import io.github.ppgtest.management.Credentials;
import io.github.ppgtest.management.ManagementApi;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The account of the commands in the cloud. */
public final class Account {
  private Account() {}

  /** Uses the stored login in a fixture, where no token is configured. */
  public static void applyTo(PrismaPostgresFixture.Builder builder) {
    builder.origin("ppgtest login").fallbackCredentials(remembered(Account::login));
  }

  /** Returns what looks after the cloud, whichever provider is configured. */
  static PrismaPostgresAdmin cloud() {
    return PrismaPostgresFixture.builder()
        .provider(Provider.CLOUD)
        .fallbackCredentials(
            remembered(apiUrl -> login(apiUrl).or(() -> Optional.of(new NoLogin(apiUrl)))))
        .admin();
  }

  /** Opens a client, which the caller closes. */
  static ManagementApi openApi() {
    return cloud().openManagementApi();
  }

  private static Optional<Credentials> login(URI apiUrl) {
    return StoredLogin.load(ConfigDirectory.path())
        .filter(login -> login.isFor(apiUrl))
        .map(StoredLogin::credentials);
  }

  /** Returns the same credentials each time, so that their users share a renewal. */
  private static Function<URI, Optional<Credentials>> remembered(
      Function<URI, Optional<Credentials>> source) {
    Map<URI, Optional<Credentials>> found = new ConcurrentHashMap<>();
    return apiUrl -> found.computeIfAbsent(apiUrl, source);
  }
}
