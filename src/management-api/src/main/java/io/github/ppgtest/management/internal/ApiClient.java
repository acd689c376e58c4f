package io.github.ppgtest.management.internal;

import com.github.mizosoft.methanol.MutableRequest;
import io.github.ppgtest.management.ApiUnreachableException;
import io.github.ppgtest.management.ChangeUncertainException;
import io.github.ppgtest.management.Credentials;
import io.github.ppgtest.management.CredentialsException;
import io.github.ppgtest.management.Page;
import io.github.ppgtest.management.PageRequest;
import io.github.ppgtest.management.ServerErrorException;
import io.github.ppgtest.management.UnexpectedAnswerException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Sends calls and reads answers. Safe for use by several threads at once. */
public final class ApiClient implements AutoCloseable {
  private static final int UNAUTHORIZED = 401;

  private final ClientSettings settings;
  private final Redaction redaction = new Redaction();
  private final ServerTime serverTime;
  private final RetryPolicy retryPolicy;
  private final ExceptionMapper exceptions;
  private final ClientThreads threads = new ClientThreads();
  private final HttpClient http;

  /** Creates the client; nothing is sent yet. */
  public ApiClient(ClientSettings settings) {
    this.settings = settings;
    this.serverTime = new ServerTime(settings.clock());
    this.retryPolicy =
        new RetryPolicy(
            settings.maxRetries(),
            settings.backoff(),
            settings.rateLimitPatience(),
            settings.rateLimitListener(),
            serverTime);
    this.exceptions = new ExceptionMapper(settings, redaction, serverTime);
    this.http =
        threads.make(
            workers ->
                HttpClients.create(
                    settings,
                    workers,
                    retryPolicy.interceptor(),
                    new AttemptInterceptor(settings.delay(), serverTime)));
  }

  /** Ends the threads. Calls fail from then on. */
  @Override
  public void close() {
    threads.close();
  }

  /** The API's address. */
  public URI baseUrl() {
    return settings.baseUrl();
  }

  /** The API's time, by its last answer. */
  public Clock serverClock() {
    return serverTime;
  }

  /** Creates a resource, taking over what an earlier attempt left. */
  public <T> T create(Creation<T> creation) {
    return new IdempotentCreate(this, settings.delay(), retryPolicy, serverTime).create(creation);
  }

  /** Sends a call and reads the one object of its answer. */
  public <T> T one(ApiCall call, Function<Fields, T> reader) {
    return one(call, attempts(true), reader);
  }

  /** Begins to count the attempts at a call. */
  Attempts attempts(boolean comesBack) {
    return new Attempts(settings.callTimeout(), comesBack);
  }

  <T> T one(ApiCall call, Attempts attempts, Function<Fields, T> reader) {
    return read(send(call, attempts), body -> reader.apply(Envelope.of(body).object()));
  }

  /** Sends a call and reads the whole of its answer, which has no envelope or more than one. */
  public <T> T whole(ApiCall call, Function<Fields, T> reader) {
    return read(send(call, attempts(true)), body -> reader.apply(Envelope.object(body)));
  }

  /**
   * Sends a call that has another effect each time, and so is not repeated when its answer is lost.
   *
   * @param advice what may be the case then and what to do, in whole sentences
   */
  public <T> T change(ApiCall call, Function<Fields, T> reader, String advice) {
    try {
      return one(call, reader);
    } catch (ApiUnreachableException e) {
      throw e.mayHaveArrived() ? new ChangeUncertainException(e, advice) : e;
    } catch (ServerErrorException e) {
      throw new ChangeUncertainException(e, advice);
    } catch (UnexpectedAnswerException e) {
      // A success that cannot be read.
      throw e.call().status() / 100 == 2 ? new ChangeUncertainException(e, advice) : e;
    }
  }

  /** Sends a call that is not repeated when it is refused for rate, and reads its one object. */
  public <T> T oneUnlessRefused(ApiCall call, Function<Fields, T> reader) {
    return one(call, attempts(false), reader);
  }

  /** Sends a call without reading its answer. */
  public void send(ApiCall call) {
    send(call, attempts(true));
  }

  /** Gets one page of the list at a path. */
  public <T> Page<T> page(ApiCall list, PageRequest request, Function<Fields, T> reader) {
    return page(list, request, reader, new ListBounds());
  }

  private <T> Page<T> page(
      ApiCall list, PageRequest request, Function<Fields, T> reader, ListBounds bounds) {
    String cursor = request.cursor() == null ? "" : "&cursor=" + ApiCall.encode(request.cursor());
    String path =
        list.path() + (list.path().contains("?") ? "&" : "?") + "limit=" + request.limit() + cursor;
    long begun = System.nanoTime();
    return read(
        send(
            ApiCall.get(path).about(list.resourceId(), list.prefix()),
            new Attempts(bounds.within(settings.callTimeout()), true)),
        body -> {
          Page<T> page = Envelope.of(body).page(reader);
          bounds.check(page, request, Duration.ofNanos(System.nanoTime() - begun));
          return page;
        });
  }

  /** Gets the whole list at a path, page by page, each when the stream reaches it. */
  public <T> Stream<T> all(ApiCall list, Function<Fields, T> reader) {
    ListBounds bounds = new ListBounds();
    return Pages.stream(request -> page(list, request, reader, bounds));
  }

  /** Gets a list that has no pages. */
  public <T> Stream<T> unpaged(ApiCall list, Function<Fields, T> reader) {
    return read(send(list, attempts(true)), body -> Envelope.of(body).page(reader))
        .items()
        .stream();
  }

  /** Hides this text in all messages. */
  public void keepSecret(String secret) {
    redaction.learn(secret);
  }

  private Answer send(ApiCall call, Attempts attempts) {
    Credentials credentials = settings.credentials();
    if (credentials == null) {
      return successful(exchange(call, attempts, null), attempts, false);
    }
    String token = token(credentials, call);
    Answer answer = exchange(call, attempts, token);
    if (answer.status() != UNAUTHORIZED) {
      return successful(answer, attempts, false);
    }
    Optional<String> renewed = renewed(credentials, token, answer);
    if (renewed.isEmpty()) {
      return successful(answer, attempts, false);
    }
    // Any call may be repeated: one that was refused for its token had no effect.
    attempts.refused();
    return successful(exchange(call, attempts, renewed.get()), attempts, true);
  }

  private String token(Credentials credentials, ApiCall call) {
    try {
      return fit(credentials, credentials.token());
    } catch (CredentialsException e) {
      throw exceptions.withoutToken(call, e);
    }
  }

  private Optional<String> renewed(Credentials credentials, String refused, Answer answer) {
    try {
      return credentials.renew(refused).map(token -> fit(credentials, token));
    } catch (CredentialsException e) {
      throw exceptions.notRenewed(answer, e);
    }
  }

  private String fit(Credentials credentials, String token) {
    if (!BearerTokens.fits(token)) {
      // By name only: a user's record would show the token.
      throw new CredentialsException(
          credentials.getClass().getName() + " supplied a token that no HTTP header can carry.",
          null);
    }
    keepSecret(token);
    return token;
  }

  private Answer exchange(ApiCall call, Attempts attempts, @Nullable String token) {
    try {
      HttpResponse<BoundedBody.Body> response =
          http.send(
              request(call, attempts, token),
              head -> new BoundedBody(attempts.left(settings.requestTimeout())));
      return new Answer(call, response, attempts);
    } catch (IOException e) {
      throw exceptions.unreachable(call, attempts, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw exceptions.interrupted(call, attempts.count(), e);
    }
  }

  private Answer successful(Answer answer, Attempts attempts, boolean renewed) {
    // After a lost answer, not found is success.
    boolean deletedBefore =
        answer.call().method().equals("DELETE")
            && answer.status() == 404
            && attempts.countThatMayHaveActed() > 1;
    if (!answer.successful() && !deletedBefore) {
      throw exceptions.of(answer, renewed);
    }
    return answer;
  }

  private MutableRequest request(ApiCall call, Attempts attempts, @Nullable String token) {
    MutableRequest request =
        MutableRequest.create(URI.create(settings.baseUrl() + call.path()))
            .header("Accept", "application/json")
            .timeout(settings.requestTimeout())
            .tag(Attempts.class, attempts);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    JsonNode body = call.body();
    return body == null
        ? request.method(call.method(), BodyPublishers.noBody())
        : request
            .header("Content-Type", call.format().contentType())
            .method(call.method(), BodyPublishers.ofString(call.format().write(body)));
  }

  private <T> T read(Answer answer, Function<String, T> reader) {
    if (answer.isTooLong()) {
      throw exceptions.tooLong(answer);
    }
    try {
      return reader.apply(answer.body());
    } catch (UnexpectedShapeException e) {
      throw exceptions.unexpected(answer, e.problem());
    }
  }

  @Override
  public String toString() {
    return "ApiClient[" + settings.baseUrl() + "]";
  }
}
