package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.Check;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a login or a refresh. Immutable; {@code toString} shows neither token.
 *
 * @param accessToken the bearer token of calls, a secret; never blank
 * @param refreshToken exchanged for new tokens, once; a secret, or null where the login did not ask
 *     for {@code offline_access}
 * @param workspaceId the workspace that the login was for, or null where the token does not say
 * @param expiresAt when the access token expires, or null where that is not known
 * @since 0.1.0
 */
public record OAuthTokens(
    String accessToken,
    @Nullable String refreshToken,
    @Nullable String workspaceId,
    @Nullable Instant expiresAt) {
  /** Checks the parts. */
  public OAuthTokens {
    Check.text(accessToken, "accessToken");
    Check.optionalText(refreshToken, "refreshToken");
    Check.optionalText(workspaceId, "workspaceId");
  }

  @Override
  public String toString() {
    return "OAuthTokens[workspaceId=" + workspaceId + ", expiresAt=" + expiresAt + "]";
  }
}
