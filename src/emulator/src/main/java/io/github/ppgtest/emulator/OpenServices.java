package io.github.ppgtest.emulator;

import io.github.ppgtest.emulator.internal.api.CreateDbRoutes;
import io.github.ppgtest.emulator.internal.auth.AuthRoutes;
import io.github.ppgtest.emulator.internal.http.PathSecret;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * The services that take no service token: off by default, and protected by secrets. Immutable.
 *
 * @param authorizationServer whether there are an authorization server and GitHub's issuer
 * @param createDb whether there is the create-db service
 * @param createDbPerMinute how many databases that creates per minute
 */
record OpenServices(boolean authorizationServer, boolean createDb, int createDbPerMinute) {

  /** Adds the secrets that protect them. */
  Addresses at(URI apiUrl, String pathSecret, String requestToken) {
    return new Addresses(
        this,
        apiUrl,
        new PathSecret(pathSecret, List.of(AuthRoutes.BASE, CreateDbRoutes.BASE)),
        requestToken);
  }

  /** The addresses of the services, and their secrets. */
  record Addresses(OpenServices services, URI apiUrl, PathSecret secret, String requestToken) {

    URI authUrl() {
      require(services.authorizationServer, "authorization server", "authorizationServer(true)");
      return URI.create(apiUrl + secret.base(AuthRoutes.BASE));
    }

    URI createDbUrl() {
      require(services.createDb, "create-db service", "createDb(true)");
      return URI.create(apiUrl + secret.base(CreateDbRoutes.BASE));
    }

    Map<String, String> gitHubActionsEnvironment() {
      require(services.authorizationServer, "issuer of OIDC tokens", "authorizationServer(true)");
      return AuthRoutes.gitHubActionsEnvironment(apiUrl, requestToken);
    }

    private static void require(boolean isOn, String what, String setting) {
      if (!isOn) {
        throw new IllegalStateException(
            ("The %s of this emulator is off, as it gives out tokens or databases without the"
                    + " service token. Start the emulator with"
                    + " PrismaPostgresEmulator.builder().%s.")
                .formatted(what, setting));
      }
    }

    /** Leaves the secrets out. */
    @Override
    public String toString() {
      return services.toString();
    }
  }
}
