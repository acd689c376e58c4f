package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.Advice;
import io.github.ppgtest.management.internal.BaseUrl;
import io.github.ppgtest.management.internal.BearerTokens;
import io.github.ppgtest.management.internal.EarlyRenewal;
import io.github.ppgtest.management.internal.GitHubTokens;
import io.github.ppgtest.management.internal.OwnThread;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Service tokens for a job of GitHub Actions that has no secret: the job shows Prisma an OIDC token
 * of GitHub, and gets a service token for some minutes, which is renewed a minute before it expires
 * or when the API refuses it. Threads share one renewal. Safe for use by several threads at once.
 *
 * <p>The job needs {@code permissions: id-token: write}, and the repository has to be connected
 * with the workspace.
 *
 * <pre>{@code
 * ManagementApi api =
 *     ManagementApi.builder().credentials(GitHubActionsCredentials.ofProcess()).build();
 * }</pre>
 *
 * @since 0.1.0
 */
public final class GitHubActionsCredentials implements Credentials {
  /** The environment variable with the address that hands out OIDC tokens. */
  public static final String URL_VARIABLE = "ACTIONS_ID_TOKEN_REQUEST_URL";

  /** The environment variable with the token for that address, a secret. */
  public static final String TOKEN_VARIABLE = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";

  private final Builder made;
  private final EarlyRenewal early;
  private volatile GitHubTokens.@Nullable Minted current;

  private GitHubActionsCredentials(Builder made) {
    this.made = made;
    this.early = new EarlyRenewal(made.clock);
  }

  /**
   * Returns whether an environment is that of a job that may ask for OIDC tokens.
   *
   * @param environment for example {@code System.getenv()}
   * @return true where both variables are set
   */
  public static boolean areGrantedIn(Map<String, String> environment) {
    return !environment.getOrDefault(URL_VARIABLE, "").isBlank()
        && !environment.getOrDefault(TOKEN_VARIABLE, "").isBlank();
  }

  /**
   * Returns credentials for the job that this process is part of, and Prisma's API.
   *
   * @return credentials; a missing job shows only when they are used
   */
  public static GitHubActionsCredentials ofProcess() {
    return builder().build();
  }

  /**
   * Begins credentials.
   *
   * @return a builder that needs nothing
   */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String token() {
    GitHubTokens.Minted minted = current;
    return minted == null
        ? renewed("")
        : early.current(minted.value(), minted.expiresAt(), () -> renewed(minted.value()));
  }

  @Override
  public Optional<String> renew(String refused) {
    return Optional.of(renewed(refused));
  }

  private synchronized String renewed(String refused) {
    GitHubTokens.Minted minted = current;
    if (minted != null && !minted.value().equals(refused) && !early.isOver(minted.expiresAt())) {
      return minted.value();
    }
    GitHubTokens.Minted fresh = OwnThread.uninterrupted(() -> exchanged(idToken()));
    current = fresh;
    return fresh.value();
  }

  private String idToken() {
    if (!areGrantedIn(made.environment)) {
      throw new CredentialsException(
          "This process may not ask GitHub for an OIDC token: %s and %s are not both set. Give the job the permission `id-token: write`, and run in GitHub Actions; a pull request from a fork never gets it. Or use a service token."
              .formatted(URL_VARIABLE, TOKEN_VARIABLE),
          null);
    }
    String requestToken = made.environment.getOrDefault(TOKEN_VARIABLE, "").strip();
    if (!BearerTokens.fits(requestToken)) {
      throw new CredentialsException(
          TOKEN_VARIABLE + " is no token: only GitHub's runner sets it.", null);
    }
    try {
      return GitHubTokens.idToken(requestUrl(), requestToken, made.clock);
    } catch (ManagementApiException e) {
      throw new CredentialsException(
          "GitHub gave this job no OIDC token. %s Run the job again; if it lasts, see GitHub's status page."
              .formatted(e.call().describe()),
          e.getCause());
    }
  }

  private URI requestUrl() {
    try {
      URI url = URI.create(made.environment.getOrDefault(URL_VARIABLE, "").strip());
      if (Set.of("http", "https").contains(String.valueOf(url.getScheme()))
          && url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Reported below, without the text, which was not checked for secrets.
    }
    throw new CredentialsException(
        URL_VARIABLE + " is no http or https URL: only GitHub's runner sets it.", null);
  }

  private GitHubTokens.Minted exchanged(String idToken) {
    try {
      return GitHubTokens.exchange(made.apiUrl, idToken, made.lifetime, made.clock);
    } catch (AuthenticationFailedException e) {
      throw new CredentialsException(
          "%s gave this job of GitHub Actions no service token. %s It does not say why. %s, or set PRISMA_SERVICE_TOKEN. Tests that want no database in the cloud set PPGTEST_PROVIDER=embedded."
              .formatted(
                  Advice.isPrismas(made.apiUrl) ? "Prisma" : made.apiUrl,
                  e.call().describe(),
                  new Advice(made.apiUrl).connectRepository(repository())),
          null);
    } catch (ManagementApiException e) {
      throw new CredentialsException(
          "GitHub's OIDC token could not be exchanged for a service token at %s. %s Run the job again."
              .formatted(made.apiUrl, e.call().describe()),
          e.getCause());
    }
  }

  private String repository() {
    String name = made.environment.getOrDefault("GITHUB_REPOSITORY", "");
    return name.matches("[\\w.-]+/[\\w.-]+") ? " " + name : "";
  }

  @Override
  public String toString() {
    return "GitHubActionsCredentials[" + made.apiUrl + "]";
  }

  /**
   * Builds credentials. Not safe for use by several threads at once.
   *
   * @since 0.1.0
   */
  public static final class Builder {
    private static final Duration LONGEST = Duration.ofHours(1);

    private Map<String, String> environment = System.getenv();
    private URI apiUrl = URI.create("https://api.prisma.io");
    private Duration lifetime = Duration.ofMinutes(30);
    private Clock clock = Clock.systemUTC();

    private Builder() {}

    private Builder(Builder other) {
      this.environment = other.environment;
      this.apiUrl = other.apiUrl;
      this.lifetime = other.lifetime;
      this.clock = other.clock;
    }

    /**
     * Sets the environment variables of the job; those of this process by default.
     *
     * @param variables names and values
     * @return this
     */
    public Builder environment(Map<String, String> variables) {
      this.environment = Map.copyOf(variables);
      return this;
    }

    /**
     * Sets the address of the API that exchanges GitHub's tokens; {@code https://api.prisma.io} by
     * default.
     *
     * @param url an http or https URL, without {@code /v1}
     * @return this
     * @throws IllegalArgumentException if it is no such URL
     */
    public Builder apiUrl(URI url) {
      this.apiUrl = BaseUrl.check(url);
      return this;
    }

    /**
     * Sets the lifetime of each service token; 30 minutes by default.
     *
     * @param duration from a second to an hour, in whole seconds
     * @return this
     * @throws IllegalArgumentException if it is outside of this range
     */
    public Builder lifetime(Duration duration) {
      if (duration.compareTo(Duration.ofSeconds(1)) < 0 || duration.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "lifetime must be from a second to an hour but is " + duration);
      }
      this.lifetime = duration;
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
     * Builds the credentials. Nothing is sent yet.
     *
     * @return the credentials
     */
    public GitHubActionsCredentials build() {
      return new GitHubActionsCredentials(new Builder(this));
    }
  }
}
