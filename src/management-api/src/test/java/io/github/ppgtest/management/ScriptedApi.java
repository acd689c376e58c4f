package io.github.ppgtest.management;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on loopback that gives the answers it was told, in their order, and keeps what it
 * was asked. Its clients never really wait: the waits they would have made are kept too.
 */
final class ScriptedApi implements AutoCloseable {
  static final String TOKEN = "svc_4711-Very.Secret~Token";

  static {
    // Else the second part of an answer waits for 40 ms on a connection that is used again.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** What the server was asked. */
  record Received(
      String method,
      String uri,
      @Nullable String authorization,
      @Nullable String contentType,
      String body) {
    String line() {
      return method + " " + uri;
    }
  }

  /** What it does then. */
  @FunctionalInterface
  interface Reply {
    void to(HttpExchange exchange) throws IOException;
  }

  private final CountDownLatch closing = new CountDownLatch(1);
  private final Queue<Reply> script = new ConcurrentLinkedQueue<>();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<Duration> waits = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  ScriptedApi() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  ManagementApi client() {
    return builder().build();
  }

  /** A client that records its waits instead of waiting; chance always gives the shortest. */
  ManagementApi.Builder builder() {
    return ManagementApi.builder()
        .serviceToken(TOKEN)
        .baseUrl(url())
        .random(() -> 0L)
        .clock(Clock.systemUTC())
        .delay(waits::add);
  }

  /** A client of create-db that records its waits likewise. */
  CreateDbService.Builder createDb() {
    return CreateDbService.builder()
        .baseUrl(url())
        .claimUrl(URI.create("https://claim.example"))
        .random(() -> 0L)
        .delay(waits::add);
  }

  ScriptedApi then(Reply reply) {
    script.add(reply);
    return this;
  }

  ScriptedApi then(int status, String json) {
    return then(answer(status, "application/json", json));
  }

  ScriptedApi thenError(int status, String code, String message) {
    return then(status, Answers.error(code, message));
  }

  static Reply answer(int status, String contentType, String body, String... headers) {
    return exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", contentType);
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    };
  }

  /** Cuts the connection in the middle of the answer. */
  static Reply cut() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 1_000);
      exchange.getResponseBody().write("{\"data\":".getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
    };
  }

  /** Cuts the connection without a single byte of an answer. */
  static Reply silence() {
    return exchange -> {};
  }

  /** Never answers, until the test is over. */
  Reply hang() {
    return exchange -> {
      try {
        closing.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  /** Forgets what it was told and asked, so that it can be told anew. */
  void forget() {
    script.clear();
    received.clear();
    waits.clear();
  }

  List<Received> received() {
    return List.copyOf(received);
  }

  /** The request lines, in their order. */
  List<String> lines() {
    return received.stream().map(Received::line).toList();
  }

  List<Duration> waits() {
    return List.copyOf(waits);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      received.add(
          new Received(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders().getFirst("Authorization"),
              exchange.getRequestHeaders().getFirst("Content-Type"),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      Reply reply = script.poll();
      if (reply == null) {
        reply =
            answer(418, "application/json", Answers.error("script-over", "Nothing is scripted"));
      }
      reply.to(exchange);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
