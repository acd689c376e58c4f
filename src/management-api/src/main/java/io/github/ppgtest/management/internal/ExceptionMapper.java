package io.github.ppgtest.management.internal;

import io.github.ppgtest.management.ApiUnreachableException;
import io.github.ppgtest.management.AuthenticationFailedException;
import io.github.ppgtest.management.CallInterruptedException;
import io.github.ppgtest.management.ConflictException;
import io.github.ppgtest.management.CredentialsException;
import io.github.ppgtest.management.FailedRequest;
import io.github.ppgtest.management.ManagementApiException;
import io.github.ppgtest.management.PermissionDeniedException;
import io.github.ppgtest.management.PlanLimitReachedException;
import io.github.ppgtest.management.RateLimitExceededException;
import io.github.ppgtest.management.ResourceNotFoundException;
import io.github.ppgtest.management.ServerErrorException;
import io.github.ppgtest.management.UnexpectedAnswerException;
import io.github.ppgtest.management.ValidationException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Maps failures to exceptions, with every word redacted. */
final class ExceptionMapper {
  private static final int LONGEST_EXCERPT = 120;

  /** The bound for the API's messages, which are a sentence or two. */
  private static final int LONGEST_SAYING = 1_000;

  /** The bound for bodies, perhaps megabytes, that are searched for secrets. */
  private static final int LONGEST_READ = 32_768;

  private final ClientSettings settings;
  private final Advice advice;
  private final Redaction redaction;
  private final ServerTime serverTime;

  ExceptionMapper(ClientSettings settings, Redaction redaction, ServerTime serverTime) {
    this.settings = settings;
    this.advice = new Advice(settings.baseUrl());
    this.redaction = redaction;
    this.serverTime = serverTime;
  }

  /** Returns the exception for an answer that is no success. */
  ManagementApiException of(Answer answer) {
    return of(answer, false);
  }

  /**
   * Returns the exception for an answer that is no success.
   *
   * @param renewed whether the token had just been renewed
   */
  ManagementApiException of(Answer answer, boolean renewed) {
    if (answer.isTooLong() && answer.status() < 500) {
      return tooLong(answer);
    }
    ErrorBody error = ErrorBody.read(answer.body());
    FailedRequest call = facts(answer, error);
    int status = answer.status();
    if (error.planLimitReached()) {
      return new PlanLimitReachedException(call, advice.planLimit());
    }
    if (status == 429) {
      Instant now = serverTime.local();
      return settings.service() == Service.CREATE_DB && answer.call().method().equals("POST")
          ? RateLimitExceededException.ofCreations(call, now)
          : new RateLimitExceededException(call, settings.backoff().cap(), now);
    }
    if (status >= 500) {
      return new ServerErrorException(call, advice.serverError());
    }
    // A proxy or a login page has these statuses too, for reasons other than our token.
    if (error.isEmpty() && !answer.body().isBlank()) {
      return unexpected(answer, "this is no error of the API");
    }
    return switch (status) {
      case 400, 413, 422 -> new ValidationException(call, optional(error.field()));
      case 401 ->
          new AuthenticationFailedException(
              call, renewed ? refusedThoughRenewed() : advice.refusedToken(), null);
      case 403 -> new PermissionDeniedException(call);
      case 404 ->
          new ResourceNotFoundException(
              call, oneLine(answer.call().resourceId()), answer.call().prefix());
      case 409 -> new ConflictException(call);
      default ->
          unexpected(
              answer,
              status / 100 == 3
                  ? "this is a redirect"
                  : "this is of a kind that the API does not give");
    };
  }

  /** Returns the exception for a call that was not sent for lack of a token. */
  AuthenticationFailedException withoutToken(ApiCall call, CredentialsException cause) {
    return withoutToken(facts(call, 1, "it was not sent, as there is no token for it"), cause);
  }

  /**
   * Returns the exception for a call that was refused for its token, which could not be renewed.
   */
  AuthenticationFailedException notRenewed(Answer answer, CredentialsException cause) {
    return withoutToken(facts(answer, ErrorBody.read(answer.body())), cause);
  }

  private static AuthenticationFailedException withoutToken(
      FailedRequest call, CredentialsException cause) {
    return new AuthenticationFailedException(call, String.valueOf(cause.getMessage()), cause);
  }

  private String refusedThoughRenewed() {
    return "The token was renewed for this call, and refused again. Check that "
        + settings.baseUrl()
        + " is the address that the credentials are for.";
  }

  /** Returns the exception for an answer that has more bytes than any of the API. */
  UnexpectedAnswerException tooLong(Answer answer) {
    return unexpected(
        answer,
        "its body is longer than %d MiB, and was not read to its end"
            .formatted(BoundedBody.LONGEST >> 20));
  }

  /** Returns the exception for an answer that is none of the API's. */
  UnexpectedAnswerException unexpected(Answer answer, String problem) {
    String type =
        answer
            .header("Content-Type")
            .map(header -> oneLine(header, LONGEST_EXCERPT))
            .orElse("no content type");
    String where =
        answer
            .header("Location")
            .map(location -> " to " + oneLine(withoutQuery(location), LONGEST_EXCERPT))
            .orElse("");
    String excerpt = mayQuote(answer) ? excerpt(answer.body()) : "";
    String reason =
        problem + where + " (" + type + (excerpt.isEmpty() ? "" : ", \"" + excerpt + "\"") + ")";
    FailedRequest call = facts(answer, new ErrorBody(null, reason, null, null, null));
    Service service = settings.service();
    return new UnexpectedAnswerException(
        call,
        "%sCheck that %s is %s (%s sets another address) and that no proxy or login page answers in its place."
            .formatted(
                call.method().equals("POST") && answer.successful() ? mayBeThere(service) : "",
                settings.baseUrl(),
                service,
                service.addressVariable()));
  }

  /** Advice where the answer to a creation cannot be read; with a space. */
  private String mayBeThere(Service service) {
    return switch (service) {
      case MANAGEMENT_API -> advice.lookForIt() + ". ";
      case CREATE_DB -> "A database may have been created, which then expires by itself. ";
    };
  }

  private static String withoutQuery(String location) {
    int end = 0;
    while (end < location.length() && "?#".indexOf(location.charAt(end)) < 0) {
      end++;
    }
    return location.substring(0, end);
  }

  /** Returns the exception for a call that got no answer. */
  ManagementApiException unreachable(ApiCall call, Attempts attempts, IOException failure) {
    TransportFailure breakdown = TransportFailure.of(failure);
    FailedRequest facts =
        facts(
            call,
            attempts.count(),
            notRepeated(reason(breakdown, failure), attempts.limitReached()));
    String advice =
        "Check that %s is the right address (%s sets another), that the network is up, and that a proxy, where one is needed, is set (-Dhttps.proxyHost, -Dhttps.proxyPort)."
            .formatted(settings.baseUrl(), settings.service().addressVariable());
    return new ApiUnreachableException(
        facts, advice, breakdown.mayHaveArrived(), harmless(failure));
  }

  CallInterruptedException interrupted(
      ApiCall call, int attempts, InterruptedException interruption) {
    return new CallInterruptedException(facts(call, Math.max(1, attempts), null), interruption);
  }

  private String reason(TransportFailure breakdown, IOException failure) {
    String host = settings.baseUrl().getHost();
    return switch (breakdown) {
      case UNKNOWN_HOST -> "the host " + host + " is not known";
      case NO_CONNECTION -> "no connection to " + authority() + " (refused or not reachable)";
      case CONNECT_TIMEOUT ->
          "no connection to " + authority() + " within " + Times.of(settings.connectTimeout());
      case NO_TLS -> "no TLS with " + authority() + said(failure);
      case NO_HTTP -> authority() + " does not speak HTTP" + said(failure);
      case TIMEOUT -> "waited " + Times.of(settings.requestTimeout()) + " for " + authority();
      case BROKEN -> "the connection to " + authority() + " broke" + said(failure);
    };
  }

  private String authority() {
    URI url = settings.baseUrl();
    return url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
  }

  private String said(IOException failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? "" : " (" + oneLine(message) + ")";
  }

  /**
   * Returns the cause, unless it or one of its own repeats a secret, as a broken answer's parser
   * might.
   */
  private @Nullable Throwable harmless(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String message = t.getMessage();
      if (message != null && !redaction.apply(message).equals(message)) {
        return null;
      }
    }
    return failure;
  }

  private FailedRequest facts(Answer answer, ErrorBody error) {
    String reason =
        error.isEmpty() && answer.status() >= 400 && !answer.body().isBlank()
            ? '"' + excerpt(answer.body()) + '"'
            : optional(error.message());
    Duration retryAfter =
        RetryAfter.read(answer.response().headers(), serverTime.instant())
            .or(() -> Optional.ofNullable(error.retryAfter()))
            .orElse(null);
    return new FailedRequest(
        answer.call().method(),
        redaction.apply(answer.call().path()),
        answer.status(),
        optional(error.code()),
        notRepeated(reason, answer.limitReached()),
        optional(error.hint()),
        answer.attempts(),
        retryAfter);
  }

  private static @Nullable String notRepeated(@Nullable String reason, Duration limit) {
    if (limit.isZero()) {
      return reason;
    }
    String why = "not repeated again, as a call begins no attempt after " + Times.of(limit);
    return reason == null ? why : reason + " (" + why + ")";
  }

  private FailedRequest facts(ApiCall call, int attempts, @Nullable String reason) {
    String path = redaction.apply(call.path());
    return new FailedRequest(call.method(), path, 0, null, reason, null, attempts, null);
  }

  /**
   * Returns whether a body is free of credentials: JSON of a success may hold them, a page does
   * not.
   */
  private static boolean mayQuote(Answer answer) {
    if (!answer.successful()) {
      return true;
    }
    String body = answer.body().stripLeading();
    return answer.call().method().equals("GET") && body.startsWith("<");
  }

  private String excerpt(String body) {
    return oneLine(PageText.of(body), LONGEST_EXCERPT);
  }

  private String oneLine(String text) {
    return oneLine(text, LONGEST_SAYING);
  }

  private String oneLine(String text, int longest) {
    if (text.length() <= LONGEST_READ) {
      return Printable.oneLine(redaction.apply(text), longest);
    }
    String line = Printable.oneLine(redaction.apply(text.substring(0, LONGEST_READ)));
    // A cut may leave half a secret, which no pattern recognises.
    line = line.substring(0, Math.max(0, line.lastIndexOf(' ')));
    return Printable.oneLine(line, longest) + (line.length() <= longest ? "…" : "");
  }

  private @Nullable String optional(@Nullable String text) {
    return text == null ? null : oneLine(text);
  }

  @Override
  public String toString() {
    return "Failures[" + settings.baseUrl().toString().toLowerCase(Locale.ROOT) + "]";
  }
}
