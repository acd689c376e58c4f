package io.github.ppgtest.emulator.internal.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.ppgtest.emulator.UserLog;
import java.io.IOException;
import java.util.UUID;

/**
 * Takes every request: authenticates it, finds its route, answers, and turns failures into answers.
 */
final class Dispatcher implements HttpHandler {
  private static final UserLog LOG = UserLog.of(Dispatcher.class.getName());

  private final Access access;
  private final Router router;
  private final Router openRouter;
  private final Interceptor interceptor;

  Dispatcher(Access access, Router router, Router openRouter, Interceptor interceptor) {
    this.access = access;
    this.router = router;
    this.openRouter = openRouter;
    this.interceptor = interceptor;
  }

  @Override
  public void handle(HttpExchange http) throws IOException {
    try (http) {
      Exchange exchange = new Exchange(http);
      exchange.send(answer(exchange));
    }
  }

  /** Whoever may not come in is not told either which paths there are. */
  private Router routerOf(Exchange exchange) {
    if (openRouter.hasPath(exchange.path())) {
      return openRouter;
    }
    access.check(exchange.authorization());
    return router;
  }

  private Response answer(Exchange exchange) throws IOException {
    try {
      // Read first: an answer to a request whose body nobody read costs the client its connection.
      byte[] body = exchange.body();
      Router.Match match = routerOf(exchange).find(exchange.method(), exchange.path());
      Route route = match.route();
      return interceptor
          .around(route.method(), route.template(), route.handler())
          .handle(new Request(match.path(), exchange.query(), exchange.authorization(), body));
    } catch (ApiError e) {
      return e.response();
    } catch (RuntimeException e) {
      String correlationId = UUID.randomUUID().toString();
      LOG.error(
          "{} {} failed unexpectedly, correlation id {}",
          exchange.method(),
          exchange.path(),
          correlationId,
          e);
      return ApiError.unexpected(correlationId).response();
    }
  }
}
