package io.github.ppgtest.management.internal;

import io.github.ppgtest.management.ApiUnreachableException;
import io.github.ppgtest.management.CallInterruptedException;
import io.github.ppgtest.management.CreationUncertainException;
import io.github.ppgtest.management.Delay;
import io.github.ppgtest.management.ManagementApiException;
import io.github.ppgtest.management.ServerErrorException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates a resource once, although the API has no idempotency key: when the answer to a POST is
 * lost (a timeout, a cut connection, a 5xx), the resource is looked up by its name before the POST
 * is repeated.
 */
final class IdempotentCreate {
  private static final Logger log = LoggerFactory.getLogger(IdempotentCreate.class);

  /** HTTP's Date has whole seconds, and creation may be stamped a little before it is answered. */
  private static final Duration TOLERANCE = Duration.ofSeconds(5);

  private final ApiClient client;
  private final Delay delay;
  private final RetryPolicy retryPolicy;
  private final ServerTime serverTime;
  private final Advice advice;

  IdempotentCreate(ApiClient client, Delay delay, RetryPolicy retryPolicy, ServerTime serverTime) {
    this.client = client;
    this.advice = new Advice(client.baseUrl());
    this.delay = delay;
    this.retryPolicy = retryPolicy;
    this.serverTime = serverTime;
  }

  <T> T create(Creation<T> creation) {
    Instant began = serverTime.local();
    Attempts attempts = client.attempts(creation.comesBack());
    ManagementApiException lost = null;
    while (true) {
      try {
        return client.one(creation.call(), attempts, creation.reader());
      } catch (ServerErrorException | ApiUnreachableException e) {
        chain(e, lost);
        if (e instanceof ApiUnreachableException unreachable && !unreachable.mayHaveArrived()) {
          throw e;
        }
        lost = e;
      } catch (ManagementApiException e) {
        chain(e, lost);
        throw e;
      }
      Optional<T> found = settle(creation, began, attempts, lost);
      if (found.isPresent()) {
        return found.get();
      }
      if (attempts.countThatMayHaveActed() > retryPolicy.maxRetries()
          || !worthRepeating(lost)
          || !attempts.hasTimeFor(Duration.ZERO)) {
        throw lost;
      }
    }
  }

  /** Waits, and looks up what the lost POST may have created. */
  private <T> Optional<T> settle(
      Creation<T> creation, Instant began, Attempts attempts, ManagementApiException lost) {
    String name = creation.name();
    if (name == null) {
      throw uncertain(
          lost, "The " + creation.kind() + " has no name by which it could be looked up.");
    }
    // Before the look-up and not after it, so that a server that still works on it can finish.
    pause(lost, attempts);
    List<T> found;
    try {
      found =
          creation
              .siblings()
              .filter(sibling -> creation.identify(sibling).name().equals(name))
              .toList();
    } catch (CallInterruptedException e) {
      e.addSuppressed(lost);
      throw e;
    } catch (ManagementApiException e) {
      CreationUncertainException uncertain =
          uncertain(lost, "Looking for the " + creation.kind() + " \"" + name + "\" failed too.");
      uncertain.addSuppressed(e);
      throw uncertain;
    }
    // The same name may have been there before; that one is not ours to take, let alone to delete.
    Instant since = serverTime.at(began).minus(TOLERANCE);
    List<T> ours =
        found.stream().filter(t -> !creation.identify(t).createdAt().isBefore(since)).toList();
    if (ours.size() > 1) {
      throw uncertain(
          lost,
          "More than one "
              + creation.kind()
              + " of the name \""
              + name
              + "\" has come into being: "
              + String.join(", ", ours.stream().map(t -> creation.identify(t).id()).toList())
              + ".");
    }
    if (ours.isEmpty()) {
      return Optional.empty();
    }
    log.debug("{} \"{}\" was created although the answer was lost", creation.kind(), name);
    return takeOver(creation, ours.get(0), lost);
  }

  private CreationUncertainException uncertain(ManagementApiException lost, String why) {
    return new CreationUncertainException(
        lost, why, advice.lookForIt() + ", and delete it if nobody needs it.");
  }

  private static <T> Optional<T> takeOver(
      Creation<T> creation, T found, ManagementApiException lost) {
    try {
      return creation.takeOver(found);
    } catch (ManagementApiException e) {
      e.addSuppressed(lost);
      throw e;
    }
  }

  private boolean worthRepeating(ManagementApiException lost) {
    Duration retryAfter = lost.call().retryAfter();
    return retryAfter == null || retryPolicy.bearable(retryAfter);
  }

  private void pause(ManagementApiException lost, Attempts attempts) {
    Duration wait =
        retryPolicy.wait(Optional.ofNullable(lost.call().retryAfter()), attempts.count());
    try {
      attempts.await(wait, delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CallInterruptedException interrupted = new CallInterruptedException(lost.call(), e);
      interrupted.addSuppressed(lost);
      throw interrupted;
    }
  }

  private static void chain(
      ManagementApiException failure, @Nullable ManagementApiException earlier) {
    if (earlier != null) {
      failure.addSuppressed(earlier);
    }
  }
}
