package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.Advice;
import io.github.ppgtest.management.internal.ApiCall;
import io.github.ppgtest.management.internal.ApiClient;
import io.github.ppgtest.management.internal.ClientOptions;
import io.github.ppgtest.management.internal.Resources;
import io.github.ppgtest.management.internal.Service;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Prisma's Management API: regions, workspaces, projects, databases and connections.
 *
 * <p>Calls are repeated where that is safe, after growing waits, and fail with a {@link
 * ManagementApiException} that says what to do next. Safe for use by several threads at once; one
 * for the whole process is best. It need not be closed, see {@link #close()}.
 *
 * <pre>{@code
 * ManagementApi api = ManagementApi.builder().serviceToken(token).build();
 * Project project = api.projects().create(CreateProject.named("tests-4711").withoutDatabase());
 * Database database =
 *     api.databases().create(CreateDatabase.inProject(project.id()).named("orders-4711"));
 * }</pre>
 *
 * @since 0.1.0
 */
public final class ManagementApi implements AutoCloseable {
  private final ApiClient client;
  private final Connections connections;
  private final Databases databases;
  private final Projects projects;

  private ManagementApi(ApiClient client) {
    this.client = client;
    this.connections = new Connections(client);
    this.databases = new Databases(client, connections);
    this.projects = new Projects(client, databases);
  }

  /**
   * Begins a client.
   *
   * @return a builder that needs a {@link Builder#serviceToken} or other {@link
   *     Builder#credentials}
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the calls about projects.
   *
   * @return always the same
   */
  public Projects projects() {
    return projects;
  }

  /**
   * Returns the calls about databases.
   *
   * @return always the same
   */
  public Databases databases() {
    return databases;
  }

  /**
   * Returns the calls about connections.
   *
   * @return always the same
   */
  public Connections connections() {
    return connections;
  }

  /**
   * Returns the calls about regions.
   *
   * @return the calls
   */
  public Regions regions() {
    return new Regions(client);
  }

  /**
   * Returns the calls about workspaces.
   *
   * @return the calls
   */
  public Workspaces workspaces() {
    return new Workspaces(client);
  }

  /**
   * Gets the principal of the token; a cheap way to try it.
   *
   * @return the person, workspace and credential behind the token
   * @throws AuthenticationFailedException if the token is invalid or expired
   * @throws ManagementApiException if the call fails otherwise
   */
  public Principal me() {
    return client.one(ApiCall.get("/v1/me"), Resources::principal);
  }

  /**
   * Returns the API's clock, as far as it is known: this machine's, corrected by the date of the
   * last answer, to the second. Before the first answer it is this machine's, see {@link
   * Builder#clock}.
   *
   * @return always the same, in UTC
   */
  public Clock serverClock() {
    return client.serverClock();
  }

  /**
   * Returns the API's address.
   *
   * @return the address, without a slash at its end
   */
  public URI baseUrl() {
    return client.baseUrl();
  }

  /**
   * Returns whether an address is Prisma's own: Prisma Console and Prisma's status page cover that
   * API, and no emulator.
   *
   * @param url an API's address
   * @return whether its host is {@code prisma.io} or in that domain
   */
  public static boolean isPrismas(URI url) {
    return Advice.isPrismas(url);
  }

  /**
   * Ends the threads of the client; calls fail from then on. The end of the JVM then need not wait
   * for them, which takes 300 ms; nothing else is lost without it. Closing again does nothing.
   */
  @Override
  public void close() {
    client.close();
  }

  @Override
  public String toString() {
    return "ManagementApi[" + client.baseUrl() + "]";
  }

  /**
   * Builds a client. Not safe for use by several threads at once.
   *
   * @since 0.1.0
   */
  public static final class Builder {
    private @Nullable Credentials credentials;
    private final ClientOptions options = new ClientOptions("https://api.prisma.io");

    private Builder() {}

    /**
     * Sets the service token, a secret, as the credentials. It never shows in a message or a log.
     *
     * @param token as Prisma Console gave it; never blank, without spaces or line ends
     * @return this
     * @throws IllegalArgumentException if it cannot be a token
     */
    public Builder serviceToken(String token) {
      return credentials(Credentials.serviceToken(token));
    }

    /**
     * Sets the supplier of the token; required, unless {@link #serviceToken} is set. The last of
     * the two that was called counts.
     *
     * @param source for example {@link OAuthCredentials} or {@link GitHubActionsCredentials}
     * @return this
     */
    public Builder credentials(Credentials source) {
      this.credentials = Objects.requireNonNull(source, "credentials");
      return this;
    }

    /**
     * Sets the API's address; {@code https://api.prisma.io} by default.
     *
     * @param url an http or https URL, without {@code /v1}
     * @return this
     * @throws IllegalArgumentException if it is no such URL
     */
    public Builder baseUrl(URI url) {
      options.baseUrl(url);
      return this;
    }

    /**
     * Sets how often a call is repeated at most; 4 by default.
     *
     * @param retries 0 or more; 0 repeats nothing
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Builder maxRetries(int retries) {
      options.maxRetries(retries);
      return this;
    }

    /**
     * Sets how long an attempt waits for its connection; 10 s by default.
     *
     * @param timeout more than zero
     * @return this
     * @throws IllegalArgumentException if it is zero or negative
     */
    public Builder connectTimeout(Duration timeout) {
      options.connectTimeout(timeout);
      return this;
    }

    /**
     * Sets how long an attempt waits for its whole answer, however slowly that comes; 30 s by
     * default. One that has waited so long is repeated once.
     *
     * @param timeout more than zero
     * @return this
     * @throws IllegalArgumentException if it is zero or negative
     */
    public Builder requestTimeout(Duration timeout) {
      options.requestTimeout(timeout);
      return this;
    }

    /**
     * Sets how long a call is repeated, with the waits that the service asks for: no attempt begins
     * later, so that a call ends within this and one {@link #requestTimeout}. A creation with a
     * lost answer is then looked up once more; a list has 5 minutes in all. 5 minutes by default.
     *
     * @param timeout more than zero
     * @return this
     * @throws IllegalArgumentException if it is zero or negative
     */
    public Builder callTimeout(Duration timeout) {
      options.callTimeout(timeout);
      return this;
    }

    /**
     * Sets how long to wait between attempts: {@code base}, doubled with each retry up to {@code
     * cap}, and of that between a half and the whole, by chance. 250 ms and 30 s by default. Where
     * the API asks for a longer wait than {@code cap}, the call fails at once and says so. Where it
     * asks for a shorter one, that is waited and more by chance: at most as long again, doubled
     * with each of the first retries up to eight times as long, and never more than {@code cap}.
     *
     * @param base more than zero
     * @param cap at least {@code base}
     * @return this
     * @throws IllegalArgumentException if either is less
     */
    public Builder backoff(Duration base, Duration cap) {
      options.backoff(base, cap);
      return this;
    }

    /**
     * Sets for how long a call refused for rate (429) is repeated, whatever {@link #maxRetries}
     * says: while it has waited less than this in all, refusals do not count, as they had no
     * effect. Zero by default: they count like any failure.
     *
     * @param patience zero or more
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Builder rateLimitPatience(Duration patience) {
      options.rateLimitPatience(patience);
      return this;
    }

    /**
     * Sets a listener for each answer 429, called before the client waits and repeats the call, so
     * that a caller with many calls can make fewer. None by default.
     *
     * @param listener takes how long the client waits, zero where it does not repeat the call;
     *     called in the thread that makes the call, which it must not hold up; safe for use by
     *     several threads at once
     * @return this
     */
    public Builder onRateLimit(Consumer<Duration> listener) {
      options.rateLimitListener(listener);
      return this;
    }

    /**
     * Sets the clock; the system's by default.
     *
     * @param source the clock
     * @return this
     */
    public Builder clock(Clock source) {
      options.clock(source);
      return this;
    }

    /**
     * Sets the source of randomness in the backoff; a generator of the calling thread by default.
     *
     * @param source safe for use by several threads at once
     * @return this
     */
    public Builder random(RandomGenerator source) {
      options.random(source);
      return this;
    }

    /**
     * Sets how to wait; by default the calling thread sleeps.
     *
     * @param waiting safe for use by several threads at once
     * @return this
     */
    public Builder delay(Delay waiting) {
      options.delay(waiting);
      return this;
    }

    /**
     * Builds the client. Nothing is sent yet.
     *
     * @return the client
     * @throws IllegalStateException if there are no credentials
     */
    public ManagementApi build() {
      Credentials source = credentials;
      if (source == null) {
        throw new IllegalStateException(
            "the Management API needs a service token: %s, or set other credentials"
                .formatted(new Advice(options.baseUrl()).newToken()));
      }
      return new ManagementApi(new ApiClient(options.settings(Service.MANAGEMENT_API, source)));
    }
  }
}
