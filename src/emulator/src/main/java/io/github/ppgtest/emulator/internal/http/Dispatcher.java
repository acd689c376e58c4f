package io.github.ppgtest.emulator.internal.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.ppgtest.emulator.UserLog;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes every request: authenticates it, finds its route, answers, and turns failures into answers.
 */
final class Dispatcher implements HttpHandler {
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

  @Override
  public void handle(HttpExchange http) throws IOException {
    try (http) {
      Exchange exchange = new Exchange(http);
      exchange.send(answer(exchange));
    }
  }

  /** Whoever may not come in is not told either which paths there are. */
  private Router.Match match(Exchange exchange) {
    Optional<String> path = secret.reveal(exchange.path()).filter(openRouter::hasPath);
    if (path.isPresent()) {
      return openRouter.find(exchange.method(), path.get());
    }
    access.check(exchange.authorization());
    return router.find(exchange.method(), exchange.path());
  }

  private Response answer(Exchange exchange) throws IOException {
    try {
      // Read first: an answer to a request whose body nobody read costs the client its connection.
      byte[] body = exchange.body();
      guard.checkSender(exchange::headers);
      Router.Match match = match(exchange);
      Route route = match.route();
      guard.checkMediaType(route.method(), route.mediaType(), exchange::headers);
      return interceptor
          .around(route.method(), route.template(), route.handler())
          .handle(new Request(match.path(), exchange.query(), exchange.authorization(), body));
    } catch (ApiError e) {
      return e.response();
    } catch (RuntimeException e) {
      String correlationId = UUID.randomUUID().toString();
      LOG.error("A request failed unexpectedly, correlation id {}", correlationId, e);
      return ApiError.unexpected(correlationId).response();
    }
  }
}
