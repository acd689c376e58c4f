package io.github.ppgtest.management.internal;

import com.github.mizosoft.methanol.RetryInterceptor;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether an attempt is repeated, and after which wait. A creation is repeated only where
 * the server surely did not act on it.
 */
final class RetryPolicy {
  private static final Logger log = LoggerFactory.getLogger(RetryPolicy.class);
  static final int TOO_MANY_REQUESTS = 429;
  private static final Set<Integer> PASSING = Set.of(500, 502, 503, 504);

  private final int maxRetries;
  private final Backoff backoff;
  private final Duration patience;
  private final Consumer<Duration> refusals;
  private final ServerTime serverTime;

  /**
   * Creates the policy.
   *
   * @param patience for how long refusals for rate do not count as retries
   * @param refusals takes the wait before each repetition, zero where there is none
   */
  RetryPolicy(
      int maxRetries,
      Backoff backoff,
      Duration patience,
      Consumer<Duration> refusals,
      ServerTime serverTime) {
    this.maxRetries = maxRetries;
    this.backoff = backoff;
    this.patience = patience;
    this.refusals = refusals;
    this.serverTime = serverTime;
  }

  int maxRetries() {
    return maxRetries;
  }

  RetryInterceptor interceptor() {
    return RetryInterceptor.newBuilder()
        // repeats() has the last word.
        .maxRetries(Integer.MAX_VALUE)
        .on(this::repeatsOrTells, this::next)
        // Otherwise POST and PATCH would not even be asked about.
        .retryNonIdempotent()
        // The wait is AttemptInterceptor's, which has the injected delay.
        .backoff(RetryInterceptor.BackoffStrategy.none())
        .build(request -> true);
  }

  /**
   * Returns the wait before one more attempt after so many: at least as long as the server asks
   * for, plus jitter, so that clients that it refused together do not retry together.
   */
  Duration wait(Optional<Duration> retryAfter, int attempts) {
    return retryAfter
        .filter(this::bearable)
        .map(asked -> asked.plus(backoff.spread(asked, attempts - 1)))
        .orElseGet(() -> backoff.before(attempts - 1));
  }

  boolean bearable(Duration retryAfter) {
    return retryAfter.compareTo(backoff.cap()) <= 0;
  }

  private boolean repeatsOrTells(RetryInterceptor.Context<?> context) {
    boolean repeated = repeats(context) && hasTime(context);
    if (!repeated && isRefusedForRate(context)) {
      refusals.accept(Duration.ZERO);
    }
    return repeated;
  }

  private boolean repeats(RetryInterceptor.Context<?> context) {
    HttpRequest request = context.request();
    Attempts attempts = Attempts.of(request);
    if (isRefusedForRate(context) && attempts.waitedForRate().compareTo(patience) < 0) {
      attempts.refused();
    }
    // The count goes on over the several POSTs of one creation; the interceptor's own begins anew.
    if (attempts.countThatMayHaveActed() > maxRetries) {
      return false;
    }
    boolean repeatable = !request.method().equals("POST");
    return context
        .exception()
        .map(failure -> repeats(failure, repeatable, context.retryCount()))
        .orElseGet(
            () -> context.response().filter(r -> repeats(r, request, repeatable)).isPresent());
  }

  private boolean hasTime(RetryInterceptor.Context<?> context) {
    Attempts attempts = Attempts.of(context.request());
    attempts.waitBeforeNext(wait(context.response().flatMap(this::retryAfter), attempts.count()));
    return attempts.hasTimeFor(attempts.nextWait());
  }

  private static boolean isRefusedForRate(RetryInterceptor.Context<?> context) {
    return context.response().filter(r -> r.statusCode() == TOO_MANY_REQUESTS).isPresent();
  }

  private static boolean repeats(Throwable failure, boolean repeatable, int retries) {
    if (!(failure instanceof IOException)) {
      return false;
    }
    TransportFailure breakdown = TransportFailure.of(failure);
    return (repeatable || !breakdown.mayHaveArrived()) && retries < breakdown.mostRetries();
  }

  private boolean repeats(HttpResponse<?> response, HttpRequest request, boolean repeatable) {
    int status = response.statusCode();
    return (status == TOO_MANY_REQUESTS && Attempts.of(request).comesBack()
            || repeatable && PASSING.contains(status))
        && !ErrorBody.read(((BoundedBody.Body) response.body()).text()).planLimitReached()
        && retryAfter(response).map(this::bearable).orElse(true);
  }

  private HttpRequest next(RetryInterceptor.Context<?> context) {
    HttpRequest request = context.request();
    Attempts attempts = Attempts.of(request);
    Duration wait = attempts.nextWait();
    if (isRefusedForRate(context)) {
      attempts.waitForRate(wait);
      refusals.accept(wait);
    }
    log.debug(
        "{} {} failed ({}); attempt {} follows in {}",
        request.method(),
        request.uri().getPath(),
        context
            .response()
            .map(r -> Integer.toString(r.statusCode()))
            .orElseGet(
                () -> context.exception().map(TransportFailure::of).map(Enum::name).orElse("")),
        attempts.count() + 1,
        Times.of(wait));
    return request;
  }

  private Optional<Duration> retryAfter(HttpResponse<?> response) {
    return RetryAfter.read(response.headers(), serverTime.instant());
  }
}
