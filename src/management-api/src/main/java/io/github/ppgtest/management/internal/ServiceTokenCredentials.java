package io.github.ppgtest.management.internal;

import io.github.ppgtest.management.Credentials;
import java.util.Optional;

/**
 * A token that never changes.
 *
 * @param token the secret
 */
public record ServiceTokenCredentials(String token) implements Credentials {
  /** Checks the token. */
  public ServiceTokenCredentials {
    Check.text(token, "serviceToken");
    if (!BearerTokens.fits(token)) {
      throw new IllegalArgumentException(
          "serviceToken holds a space, a line end or a letter that no token has: copy it anew"
              + " from Prisma Console, Workspace Settings, Service Tokens");
    }
  }

  @Override
  public Optional<String> renew(String refused) {
    return Optional.empty();
  }

  @Override
  public String toString() {
    return "ServiceToken[hidden]";
  }
}
