package io.github.ppgtest.emulator.internal.http;

import io.github.ppgtest.emulator.UserLog;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes every request: admits it by its head, before anything of its body is read, finds its route,
 * answers, and turns failures into answers. Safe for use by many threads.
 */
final class Dispatcher {
  private static final UserLog LOG = UserLog.of(Dispatcher.class.getName());

  private final Access access;
  private final Router router;
  private final Router openRouter;
  private final PathSecret secret;
  private final Interceptor interceptor;
  private final BrowserGuard guard;

  Dispatcher(
      Access access,
      Router router,
      Router openRouter,
      PathSecret secret,
      Interceptor interceptor,
      BrowserGuard guard) {
    this.access = access;
    this.router = router;
    this.openRouter = openRouter;
    this.secret = secret;
    this.interceptor = interceptor;
    this.guard = guard;
  }

  /**
   * Admits a request.
   *
   * @throws ApiError where it may not come in, or there is no such route; 500 where that fails
   */
  Admission admit(RequestHead head) {
    try {
      guard.checkSender(head::headers);
      Admission admitted = find(head);
      Route route = admitted.match().route();
      guard.checkMediaType(route.method(), route.mediaType(), head::headers);
      return admitted;
    } catch (ApiError e) {
      throw e;
    } catch (RuntimeException e) {
      throw unexpected(head.method(), "request", e);
    }
  }

  /** Who may not come in is not told either which paths there are. */
  private Admission find(RequestHead head) {
    List<String> path = head.path();
    Optional<List<String>> open = secret.reveal(path).filter(openRouter::hasPath);
    if (open.isPresent()) {
      return new Admission(
          head, openRouter.find(head.method(), open.get()), !open.get().equals(path));
    }
    access.check(head.authorization());
    return new Admission(head, router.find(head.method(), path), true);
  }

  /**
   * Answers a request that was admitted.
   *
   * @param closes whether the connection ends with the answer
   */
  ByteBuffer answer(Admission admitted, byte[] body, boolean closes) {
    String method = admitted.head().method();
    Route route = admitted.match().route();
    try {
      return ResponseBytes.of(respond(admitted, body), method, closes);
    } catch (RuntimeException | StackOverflowError e) {
      Response failed = unexpected(route.method(), route.template(), e).response();
      return ResponseBytes.of(failed, method, closes);
    }
  }

  private Response respond(Admission admitted, byte[] body) {
    RequestHead head = admitted.head();
    Route route = admitted.match().route();
    try {
      return interceptor
          .around(route.method(), route.template(), route.handler())
          .handle(new Request(admitted.match().path(), head.query(), head.authorization(), body));
    } catch (ApiError e) {
      return e.response();
    }
  }

  /** Logs a failure. Not with the path, which may have a secret in it. */
  private static ApiError unexpected(String method, String template, Throwable failure) {
    String correlationId = UUID.randomUUID().toString();
    LOG.error(
        "{} {} failed unexpectedly, correlation id {}", method, template, correlationId, failure);
    return ApiError.unexpected(correlationId);
  }
}
