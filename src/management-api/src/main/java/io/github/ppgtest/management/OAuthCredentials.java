package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.BaseUrl;
import io.github.ppgtest.management.internal.Check;
import io.github.ppgtest.management.internal.EarlyRenewal;
import io.github.ppgtest.management.internal.OAuthServer;
import io.github.ppgtest.management.internal.OwnThread;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a login through OAuth 2.0, renewed with the refresh token a minute before they
 * expire, or when the API refuses them. {@link OAuthLogin} is the login.
 *
 * <p>Refresh tokens can be used once. So the threads and processes that share a {@link TokenStore}
 * refresh one at a time, and the second takes the first one's tokens. A refresh with a lost answer
 * is not repeated by itself, because the refresh token may be used up: the exception says so, and
 * the next call that needs a token tries it once more. A thread that is interrupted meanwhile
 * finishes the refresh first. Safe for use by several threads at once.
 *
 * <pre>{@code
 * ManagementApi api =
 *     ManagementApi.builder()
 *         .credentials(
 *             OAuthCredentials.builder()
 *                 .clientId(clientId)
 *                 .tokenStore(FileTokenStore.at(Path.of("tokens", "prisma.json")))
 *                 .build())
 *         .build();
 * }</pre>
 *
 * @since 0.1.0
 */
public final class OAuthCredentials implements Credentials {
  /** Prisma's authorization server. */
  static final URI PRISMA = URI.create("https://auth.prisma.io");

  private final OAuthServer server;
  private final TokenStore store;
  private final EarlyRenewal early;

  private volatile @Nullable OAuthTokens current;
  private volatile @Nullable String uncertainRefreshToken;

  private OAuthCredentials(OAuthServer server, TokenStore store) {
    this.server = server;
    this.store = store;
    this.early = new EarlyRenewal(server.clock());
  }

  /**
   * Begins credentials.
   *
   * @return a builder that needs a client id and a token store
   */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String token() {
    OAuthTokens tokens = current;
    if (tokens == null) {
      tokens = store.load().orElseThrow(this::nobodyLoggedIn);
      current = tokens;
    }
    Instant expiry = tokens.expiresAt();
    if (tokens.refreshToken() == null || expiry == null) {
      return tokens.accessToken();
    }
    String accessToken = tokens.accessToken();
    return early.current(accessToken, expiry, () -> renewed(accessToken));
  }

  @Override
  public Optional<String> renew(String refused) {
    return Optional.of(renewed(refused));
  }

  private String renewed(String refused) {
    // An interrupt between the server's answer and its storing would lose the user's login.
    OAuthTokens renewed =
        OwnThread.uninterrupted(() -> store.locked(() -> renewedByOneOfUs(refused)));
    current = renewed;
    return renewed.accessToken();
  }

  private OAuthTokens renewedByOneOfUs(String refused) {
    OAuthTokens stored = store.load().orElse(null);
    if (stored == null) {
      current = null;
      throw nobodyLoggedIn();
    }
    boolean anotherOne = !stored.accessToken().equals(refused);
    if (anotherOne && (stored.expiresAt() == null || !early.isOver(stored.expiresAt()))) {
      return stored;
    }
    String refreshToken = stored.refreshToken();
    if (refreshToken == null) {
      throw new LoginRequiredException(
          "The access token has expired, and the login gave no refresh token: it did not ask for"
              + " offline_access.");
    }
    OAuthTokens fresh = refreshed(stored, refreshToken);
    // Also where they cannot be stored: no other process can have them any more.
    current = fresh;
    save(fresh);
    return fresh;
  }

  private OAuthTokens refreshed(OAuthTokens stored, String refreshToken) {
    try {
      OAuthTokens fresh = server.refresh(refreshToken);
      uncertainRefreshToken = null;
      return fresh;
    } catch (ManagementApiException e) {
      String said = e.call().describe();
      if (e.code().filter("invalid_grant"::equals).isPresent()) {
        boolean uncertain = refreshToken.equals(uncertainRefreshToken);
        forget(stored);
        throw new LoginRequiredException(
            "The login has ended: the refresh token is expired, revoked or used up. "
                + (uncertain ? "The answer to an earlier refresh with it was lost. " : "")
                + said);
      }
      if (mayHaveBeenUsedUp(e)) {
        uncertainRefreshToken = refreshToken;
        if (stored.expiresAt() != null) {
          // A second use could end the access token too, which may be good until then.
          early.postponeUntil(stored.expiresAt());
        }
        throw new CredentialsException(
            "The access token was not refreshed at %s, or its answer was lost. %s A refresh token"
                    .formatted(server.url(), said)
                + " can be used once, so this was not repeated. The next call tries once more; if"
                + " the token is used up, that says so, and you log in again.",
            e.getCause());
      }
      throw new CredentialsException(
          "The access token could not be refreshed at %s. %s The tokens in %s are still good: try"
                  .formatted(server.url(), said, store)
              + " again, and check the client id and the network.",
          e.getCause());
    }
  }

  private static boolean mayHaveBeenUsedUp(ManagementApiException failure) {
    return failure instanceof ApiUnreachableException unreachable
        ? unreachable.mayHaveArrived()
        : failure instanceof ServerErrorException
            || failure instanceof UnexpectedAnswerException
            || failure instanceof CallInterruptedException;
  }

  private void save(OAuthTokens fresh) {
    try {
      store.save(fresh);
    } catch (CredentialsException e) {
      throw new CredentialsException(
          "The access token was refreshed, but the new tokens could not be stored in "
              + store
              + ", and the refresh token there is used up. "
              + e.getMessage()
              + " Mend that and log in again.",
          e);
    }
  }

  /** Removes used tokens; another process may have logged in meanwhile, and its tokens stay. */
  private void forget(OAuthTokens used) {
    current = null;
    uncertainRefreshToken = null;
    if (store.load().filter(used::equals).isPresent()) {
      store.clear();
    }
  }

  private LoginRequiredException nobodyLoggedIn() {
    return new LoginRequiredException("Nobody is logged in: there are no tokens in " + store + ".");
  }

  @Override
  public String toString() {
    return "OAuthCredentials[" + server.url() + ", " + store + "]";
  }

  /**
   * Builds credentials. Not safe for use by several threads at once.
   *
   * @since 0.1.0
   */
  public static final class Builder {
    private @Nullable String clientId;
    private @Nullable TokenStore store;
    private URI authUrl = PRISMA;
    private Clock clock = Clock.systemUTC();

    private Builder() {}

    /**
     * Sets the OAuth client, as Prisma Console shows it; required.
     *
     * @param id the client's id; never blank
     * @return this
     * @throws IllegalArgumentException if it is blank
     */
    public Builder clientId(String id) {
      this.clientId = Check.text(id, "clientId");
      return this;
    }

    /**
     * Sets the tokens' store; required.
     *
     * @param tokenStore the store that the login was made with
     * @return this
     */
    public Builder tokenStore(TokenStore tokenStore) {
      this.store = Objects.requireNonNull(tokenStore, "tokenStore");
      return this;
    }

    /**
     * Sets the authorization server's address; {@code https://auth.prisma.io} by default.
     *
     * @param url an http or https URL, without {@code /token}
     * @return this
     * @throws IllegalArgumentException if it is no such URL
     */
    public Builder authUrl(URI url) {
      this.authUrl = BaseUrl.check(url, "the authorization server's URL");
      return this;
    }

    /**
     * Sets the clock; the system's by default.
     *
     * @param source the clock
     * @return this
     */
    public Builder clock(Clock source) {
      this.clock = Objects.requireNonNull(source, "clock");
      return this;
    }

    /**
     * Builds the credentials. Nothing is sent and nothing loaded yet.
     *
     * @return the credentials
     * @throws IllegalStateException if the client id or the token store is not set
     */
    public OAuthCredentials build() {
      if (clientId == null || store == null) {
        throw new IllegalStateException("OAuthCredentials need a clientId and a tokenStore");
      }
      return new OAuthCredentials(new OAuthServer(authUrl, clientId, clock), store);
    }
  }
}
