package io.github.ppgtest.cli.workspace;

import io.github.ppgtest.management.Credentials;
import io.github.ppgtest.management.CredentialsException;
import io.github.ppgtest.management.ManagementApi;
import java.net.URI;
import java.util.Optional;

/**
 * The credentials without a login, which throw the advice to log in.
 *
 * @param apiUrl the API's address
 */
record NoLogin(URI apiUrl) implements Credentials {
  @Override
  public String token() {
    throw new CredentialsException(
        "%s, and no service token is configured. Log in with: ppgtest login. Or %s, and put it into the environment variable PRISMA_SERVICE_TOKEN or the .env file."
            .formatted(
                StoredLogin.load(ConfigDirectory.path())
                    .map(login -> "The login is for " + login.apiUrl() + ", not for " + apiUrl)
                    .orElse("Nobody is logged in"),
                ManagementApi.isPrismas(apiUrl)
                    ? "make a token in Prisma Console, Workspace Settings, Service Tokens"
                    : "take a token of " + apiUrl),
        null);
  }

  @Override
  public Optional<String> renew(String refused) {
    return Optional.empty();
  }
}
