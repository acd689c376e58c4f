package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.ApiCall;
import io.github.ppgtest.management.internal.ApiClient;
import io.github.ppgtest.management.internal.BaseUrl;
import io.github.ppgtest.management.internal.ClientOptions;
import io.github.ppgtest.management.internal.ClientSettings;
import io.github.ppgtest.management.internal.Resources;
import io.github.ppgtest.management.internal.Service;
import io.github.ppgtest.management.internal.TemporaryCreation;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The service behind the {@code create-db} command: Prisma Postgres databases for 30 minutes to 24
 * hours, without an account. It takes a few creations a minute from one address.
 *
 * <p>Safe for use by several threads at once. It need not be closed, see {@link #close()}.
 *
 * <pre>{@code
 * CreateDbService service = CreateDbService.builder().build();
 * TemporaryDatabase database = service.create("us-east-1", "shop", Duration.ofMinutes(30));
 * }</pre>
 *
 * @since 0.1.0
 */
public final class CreateDbService implements AutoCloseable {
  /** The shortest lifetime of a database: 30 minutes. */
  public static final Duration SHORTEST_TTL = Duration.ofMinutes(30);

  /** The longest lifetime of an unclaimed database: 24 hours. */
  public static final Duration LONGEST_TTL = Duration.ofHours(24);

  private final ApiClient client;
  private final TemporaryCreation creation;

  private CreateDbService(ApiClient client, TemporaryCreation creation) {
    this.client = client;
    this.creation = creation;
  }

  /**
   * Begins a client.
   *
   * @return a builder that needs nothing
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Lists the regions, those that take no databases now included.
   *
   * @return all of them; never null
   * @throws ManagementApiException if the call fails
   */
  public List<Region> regions() {
    return client.unpaged(ApiCall.get("/regions"), Resources::region).toList();
  }

  /**
   * Creates a database, and does not wait where the service refuses it for rate.
   *
   * @param region the id of an available region
   * @param name the display name of its project
   * @param ttl how long it is to live, from {@link #SHORTEST_TTL} to {@link #LONGEST_TTL}
   * @return the database; it is provisioned in the background, so that connecting may fail at first
   * @throws IllegalArgumentException if an argument is blank, or the time is out of range
   * @throws RateLimitExceededException if there were too many; it says when to try again
   * @throws CreationUncertainException if the answer was lost
   * @throws ManagementApiException if the call fails otherwise
   */
  public TemporaryDatabase create(String region, String name, Duration ttl) {
    return create(region, name, ttl, Duration.ZERO);
  }

  /**
   * Creates a database, and where the service refuses it for rate, tries again when it says, as
   * long as that is within the caller's patience.
   *
   * <p>The creator can neither look up nor delete the database. So a creation with a lost answer is
   * not repeated: it would leave a second database, and count against the rate. The first, if there
   * is one, expires by itself.
   *
   * @param region the id of an available region
   * @param name the display name of its project
   * @param ttl how long it is to live, from {@link #SHORTEST_TTL} to {@link #LONGEST_TTL}
   * @param patience how long to wait for the service to take another creation, in all; zero: not at
   *     all
   * @return the database; it is provisioned in the background, so that connecting may fail at first
   * @throws IllegalArgumentException if an argument is blank, the time is out of range, or the
   *     patience is negative
   * @throws RateLimitExceededException if there were too many, and the wait does not fit; it says
   *     when to try again
   * @throws CreationUncertainException if the answer was lost
   * @throws CallInterruptedException if the thread was interrupted; its flag is set again
   * @throws ManagementApiException if the call fails otherwise
   */
  public TemporaryDatabase create(String region, String name, Duration ttl, Duration patience) {
    if (ttl.compareTo(SHORTEST_TTL) < 0 || ttl.compareTo(LONGEST_TTL) > 0) {
      throw new IllegalArgumentException("ttl must be from 30 minutes to 24 hours but is " + ttl);
    }
    if (patience.isNegative()) {
      throw new IllegalArgumentException("patience must not be negative but is " + patience);
    }
    return creation.create(region, name, ttl, patience);
  }

  /**
   * Returns the service's address.
   *
   * @return the address, without a slash at its end
   */
  public URI baseUrl() {
    return client.baseUrl();
  }

  /**
   * Ends the threads of the client; calls fail from then on. Without it, the end of the JVM takes
   * up to 300 ms longer. Closing again does nothing.
   */
  @Override
  public void close() {
    client.close();
  }

  @Override
  public String toString() {
    return "CreateDbService[" + client.baseUrl() + "]";
  }

  /**
   * Builds a client. Not safe for use by several threads at once.
   *
   * @since 0.1.0
   */
  public static final class Builder {
    private final ClientOptions options = new ClientOptions("https://create-db-temp.prisma.io");
    private URI claimUrl = URI.create("https://create-db.prisma.io");

    private Builder() {}

    /**
     * Sets the service's address; {@code https://create-db-temp.prisma.io} by default.
     *
     * @param url an http or https URL
     * @return this
     * @throws IllegalArgumentException if it is no such URL
     */
    public Builder baseUrl(URI url) {
      options.baseUrl(url);
      return this;
    }

    /**
     * Sets the base of claim URLs; {@code https://create-db.prisma.io} by default.
     *
     * @param url an http or https URL
     * @return this
     * @throws IllegalArgumentException if it is no such URL
     */
    public Builder claimUrl(URI url) {
      this.claimUrl = BaseUrl.check(url);
      return this;
    }

    /**
     * Sets how often a call is repeated at most; 4 by default. A creation is only repeated where
     * the service surely did not get it.
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
     * later, so that a call ends within this and one {@link #requestTimeout}. 5 minutes by default.
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
     * Sets the source of randomness in the waits between attempts; a generator of the calling
     * thread by default.
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
     */
    public CreateDbService build() {
      ClientSettings settings = options.settings(Service.CREATE_DB, null);
      ApiClient client = new ApiClient(settings);
      return new CreateDbService(
          client, new TemporaryCreation(client, claimUrl, settings.clock(), settings.delay()));
    }
  }
}
