package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.ApiCall;
import io.github.ppgtest.management.internal.BaseUrl;
import io.github.ppgtest.management.internal.Check;
import io.github.ppgtest.management.internal.LoopbackRedirect;
import io.github.ppgtest.management.internal.OAuthServer;
import io.github.ppgtest.management.internal.OwnThread;
import io.github.ppgtest.management.internal.Pkce;
import io.github.ppgtest.management.internal.Times;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A login through the browser: OAuth 2.0's authorization code with PKCE, and a redirect to the
 * loopback address of this machine, on which this listens from {@link Builder#start} on until
 * {@link #await} returns or throws, or it is closed. For one login; safe for use by several threads
 * at once.
 *
 * <pre>{@code
 * try (OAuthLogin login = OAuthLogin.builder().clientId(clientId).tokenStore(store).start()) {
 *   System.out.println("Open " + login.authorizationUrl());
 *   login.await(Duration.ofMinutes(5));
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public final class OAuthLogin implements AutoCloseable {
  private final OAuthServer server;
  private final TokenStore store;
  private final Pkce pkce;
  private final LoopbackRedirect redirect;
  private final URI redirectUri;
  private final URI authorizationUrl;

  private OAuthLogin(
      OAuthServer server, TokenStore store, Pkce pkce, LoopbackRedirect redirect, String scope) {
    this.server = server;
    this.store = store;
    this.pkce = pkce;
    this.redirect = redirect;
    this.redirectUri = redirect.uri();
    this.authorizationUrl =
        URI.create(
            server.url()
                + "/authorize?response_type=code&client_id="
                + ApiCall.encode(server.clientId())
                + "&redirect_uri="
                + ApiCall.encode(redirectUri.toString())
                + "&scope="
                + ApiCall.encode(scope)
                + "&state="
                + pkce.state()
                + "&code_challenge="
                + pkce.challenge()
                + "&code_challenge_method=S256");
  }

  /**
   * Begins a login.
   *
   * @return a builder that needs a client id and a token store
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the address to open in a browser on this machine. Show it to the user only: anyone with
   * it could answer this login in the user's place.
   *
   * @return always the same
   */
  public URI authorizationUrl() {
    return authorizationUrl;
  }

  /**
   * Returns the address that the browser is sent to afterwards, which the OAuth client has to
   * allow.
   *
   * @return for example {@code http://127.0.0.1:49152/callback}
   */
  public URI redirectUri() {
    return redirectUri;
  }

  /**
   * Waits until the user has logged in, exchanges the code for tokens and stores them; then, or
   * when it fails, it listens no more. Answers without this login's state are refused and do not
   * shorten the wait.
   *
   * @param timeout how long to wait for the browser; more than zero
   * @return the tokens, which are in the token store
   * @throws CredentialsException if the time is over, the server or the user refused, or the tokens
   *     cannot be stored; if the thread is interrupted while it waits; its flag is set again then
   */
  public OAuthTokens await(Duration timeout) {
    try (this) {
      Map<String, String> answer = redirect.await(timeout);
      if (answer.containsKey("error")) {
        throw refused(answer);
      }
      String code = answer.getOrDefault("code", "");
      // A code can be exchanged once: an interrupt would lose the user's login.
      return OwnThread.uninterrupted(() -> redeem(code));
    } catch (TimeoutException e) {
      throw new CredentialsException(
          "Nobody logged in within %s. Begin again, and open the address in a browser on this machine: it has to reach %s."
              .formatted(Times.of(timeout), redirectUri),
          e);
    } catch (CancellationException e) {
      throw new CredentialsException("The login was closed before anybody logged in.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CredentialsException("The thread was interrupted while it waited for a login.", e);
    }
  }

  private OAuthTokens redeem(String code) {
    OAuthTokens tokens;
    try {
      tokens = server.redeem(code, redirectUri, pkce.verifier());
    } catch (ManagementApiException e) {
      throw new CredentialsException(
          "The login's code could not be exchanged for tokens at %s. %s A code can be used once: log in again."
              .formatted(server.url(), e.call().describe()),
          e.getCause());
    }
    store.locked(
        () -> {
          store.save(tokens);
          return tokens;
        });
    return tokens;
  }

  private CredentialsException refused(Map<String, String> answer) {
    String description = answer.get("error_description");
    String said = answer.get("error") + (description == null ? "" : ": " + description);
    return new CredentialsException(
        "The login was refused at %s: %s. Begin again; if it is refused again, check the client id %s and that it allows the redirect to %s."
            .formatted(
                server.url(),
                OAuthServer.harmless(said).replaceFirst("[.]$", ""),
                server.clientId(),
                redirectUri),
        null);
  }

  /** Stops listening. Closing again does nothing. */
  @Override
  public void close() {
    redirect.close();
  }

  @Override
  public String toString() {
    return "OAuthLogin[" + server.url() + ", " + redirectUri + "]";
  }

  /**
   * Builds a login. Not safe for use by several threads at once.
   *
   * @since 0.1.0
   */
  public static final class Builder {
    private @Nullable String clientId;
    private @Nullable TokenStore store;
    private URI authUrl = OAuthCredentials.PRISMA;
    private int port;
    private String scope = "workspace:admin offline_access";
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
     * @param tokenStore the store that {@link OAuthCredentials} read then
     * @return this
     */
    public Builder tokenStore(TokenStore tokenStore) {
      this.store = Objects.requireNonNull(tokenStore, "tokenStore");
      return this;
    }

    /**
     * Sets the authorization server's address; {@code https://auth.prisma.io} by default.
     *
     * @param url an http or https URL, without {@code /authorize}
     * @return this
     * @throws IllegalArgumentException if it is no such URL
     */
    public Builder authUrl(URI url) {
      this.authUrl = BaseUrl.check(url, "the authorization server's URL");
      return this;
    }

    /**
     * Sets the port of the redirect; 0, any that is free, by default. For OAuth clients that allow
     * one redirect only.
     *
     * @param redirectPort 0 to 65535
     * @return this
     * @throws IllegalArgumentException if it is no port
     */
    public Builder redirectPort(int redirectPort) {
      if (redirectPort < 0 || redirectPort > 65_535) {
        throw new IllegalArgumentException(
            "redirectPort must be from 0 to 65535 but is " + redirectPort);
      }
      this.port = redirectPort;
      return this;
    }

    /**
     * Sets the requested scopes; {@code workspace:admin offline_access} by default. Without {@code
     * offline_access} there is no refresh token, and a login lasts an hour.
     *
     * @param scopes with spaces between them; never blank
     * @return this
     * @throws IllegalArgumentException if it is blank
     */
    public Builder scope(String scopes) {
      this.scope = Check.text(scopes, "scope");
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
     * Starts to listen for the redirect.
     *
     * @return the login, to be closed
     * @throws IllegalStateException if the client id or the token store is not set
     * @throws CredentialsException if the port is taken
     */
    public OAuthLogin start() {
      if (clientId == null || store == null) {
        throw new IllegalStateException("OAuthLogin needs a clientId and a tokenStore");
      }
      Pkce pkce = Pkce.random();
      try {
        LoopbackRedirect redirect = LoopbackRedirect.listen(port, pkce.state());
        return new OAuthLogin(
            new OAuthServer(authUrl, clientId, clock), store, pkce, redirect, scope);
      } catch (IOException e) {
        throw new CredentialsException(
            port == 0
                ? "The login could not listen on any port of 127.0.0.1."
                : "The login could not listen on port %d of 127.0.0.1. Is it taken? Port 0 finds a free one."
                    .formatted(port),
            e);
      }
    }
  }
}
