package io.github.ppgtest.management.internal;

import io.github.ppgtest.management.ApiUnreachableException;
import io.github.ppgtest.management.CallInterruptedException;
import io.github.ppgtest.management.CreationUncertainException;
import io.github.ppgtest.management.Database;
import io.github.ppgtest.management.Delay;
import io.github.ppgtest.management.ManagementApiException;
import io.github.ppgtest.management.Project;
import io.github.ppgtest.management.RateLimitExceededException;
import io.github.ppgtest.management.ServerErrorException;
import io.github.ppgtest.management.TemporaryDatabase;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Creates databases through create-db, which offers no look-up afterwards. Thread-safe. */
public final class TemporaryCreation {
  private static final Logger log = LoggerFactory.getLogger(TemporaryCreation.class);

  /** The caller's name for create-db: in its statistics, and in claim URLs. */
  private static final String USER_AGENT = "ppgtest";

  private final ApiClient client;
  private final URI claimUrl;
  private final Clock clock;
  private final Delay delay;

  /** Sends nothing yet. */
  public TemporaryCreation(ApiClient client, URI claimUrl, Clock clock, Delay delay) {
    this.client = client;
    this.claimUrl = claimUrl;
    this.clock = clock;
    this.delay = delay;
  }

  /** Creates a database; repeats the call after a refusal for rate while the patience lasts. */
  public TemporaryDatabase create(String region, String name, Duration ttl, Duration patience) {
    ApiCall call = ApiCall.post("/create", body(region, name, ttl));
    Duration left = patience;
    Duration answering = Duration.ZERO;
    while (true) {
      long begun = System.nanoTime();
      try {
        return createOnce(call, ttl);
      } catch (RateLimitExceededException e) {
        // Apart from the waits, as a service may be slow to ask for short ones.
        answering = answering.plusNanos(System.nanoTime() - begun);
        Duration wait = e.retryAfter().orElse(null);
        // At least a second, so that an answer of zero does not make a busy loop.
        Duration atLeast =
            wait == null || wait.compareTo(Duration.ofSeconds(1)) > 0
                ? wait
                : Duration.ofSeconds(1);
        if (atLeast == null || atLeast.compareTo(left) > 0 || answering.compareTo(patience) > 0) {
          throw e;
        }
        left = left.minus(atLeast);
        await(atLeast, e);
      }
    }
  }

  private TemporaryDatabase createOnce(ApiCall call, Duration ttl) {
    // Before the call, so that it never ends earlier.
    Instant expiresAt = clock.instant().plus(ttl).truncatedTo(ChronoUnit.SECONDS);
    try {
      return client.oneUnlessRefused(call, json -> read(Resources.project(json), expiresAt));
    } catch (ServerErrorException e) {
      throw lost(e, ttl);
    } catch (ApiUnreachableException e) {
      throw e.mayHaveArrived() ? lost(e, ttl) : e;
    }
  }

  private static CreationUncertainException lost(ManagementApiException failure, Duration ttl) {
    return new CreationUncertainException(
        failure,
        "The answer to the creation of a temporary database was lost: " + failure.getMessage(),
        "If there is a database, nobody can find or delete it, and it expires by itself within "
            + Times.of(ttl)
            + ". Trying again makes another, and counts against the service's rate.");
  }

  private TemporaryDatabase read(Project project, Instant expiresAt) {
    Database database = project.database();
    if (database == null) {
      throw new UnexpectedShapeException("the project has no database");
    }
    String connectionString =
        database
            .directConnectionString()
            .orElseThrow(
                () -> new UnexpectedShapeException("the database has no direct connection string"));
    URI claim =
        URI.create(
            "%s/claim?projectID=%s&utm_source=%s&utm_medium=library"
                .formatted(claimUrl, ApiCall.encode(project.id()), USER_AGENT));
    return new TemporaryDatabase(project.id(), database, connectionString, claim, expiresAt);
  }

  private void await(Duration wait, RateLimitExceededException refusal) {
    log.info(
        "The create-db service takes no more databases for now; coming back in {}, at {}",
        Times.of(wait),
        clock.instant().plus(wait).truncatedTo(ChronoUnit.SECONDS));
    try {
      delay.await(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CallInterruptedException interrupted = new CallInterruptedException(refusal.call(), e);
      interrupted.addSuppressed(refusal);
      throw interrupted;
    }
  }

  private static ObjectNode body(String region, String name, Duration ttl) {
    ObjectNode body = Json.object();
    body.put("region", Check.text(region, "region"));
    body.put("name", Check.text(name, "name"));
    body.put("utm_source", USER_AGENT);
    body.put("userAgent", USER_AGENT);
    body.put("source", "programmatic");
    body.put("ttlMs", ttl.toMillis());
    return body;
  }
}
