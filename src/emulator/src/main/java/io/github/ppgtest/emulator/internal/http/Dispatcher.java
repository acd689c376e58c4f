package io.github.ppgtest.emulator.internal.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes every request: authenticates it, finds its route, answers, and turns failures into answers.
 */
final class Dispatcher implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final BearerToken token;
  private final Router router;

  Dispatcher(BearerToken token, Router router) {
    this.token = token;
    this.router = router;
  }

  @Override
  public void handle(HttpExchange http) throws IOException {
    try (http) {
      Exchange exchange = new Exchange(http);
      exchange.send(answer(exchange));
    }
  }

  private Response answer(Exchange exchange) throws IOException {
    try {
      // Read first: an answer to a request whose body nobody read costs the client its connection.
      byte[] body = exchange.body();
      token.check(exchange.authorization());
      Router.Match match = router.find(exchange.method(), exchange.path());
      return match.handler().handle(new Request(match.path(), exchange.query(), body));
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
