package io.github.ppgtest.management.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Listens on the loopback address for the browser's redirect from an authorization server, once.
 * Requests without the right state come from elsewhere, and change nothing.
 */
public final class LoopbackRedirect implements AutoCloseable {
  private static final String PATH = "/callback";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(LoopbackRedirect::daemon);
  private final String state;
  private final AtomicBoolean used = new AtomicBoolean();
  private final CompletableFuture<Map<String, String>> redirect = new CompletableFuture<>();

  private LoopbackRedirect(HttpServer server, String state) {
    this.server = server;
    this.state = state;
  }

  /**
   * Starts to listen.
   *
   * @param port the port; 0 for any that is free
   * @param state the state of the redirect
   */
  public static LoopbackRedirect listen(int port, String state) throws IOException {
    // Not "localhost", which may be another address with another listener.
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    LoopbackRedirect listening =
        new LoopbackRedirect(HttpServer.create(new InetSocketAddress(loopback, port), 0), state);
    listening.server.setExecutor(listening.threads);
    listening.server.createContext("/", listening::handle);
    // Its own thread is a daemon if the starting one is: an unfinished login must not keep a JVM
    // alive.
    return OwnThread.call(
        null,
        () -> {
          listening.server.start();
          return listening;
        });
  }

  /** Returns the address that the authorization server is to send the browser to. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
  }

  /**
   * Waits for the redirect and returns its parameters.
   *
   * @throws CancellationException if this is closed meanwhile
   */
  public Map<String, String> await(Duration timeout) throws InterruptedException, TimeoutException {
    try {
      return redirect.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a redirect has only one end", e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    Map<String, String> parameters = Map.of();
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(PATH)) {
        answer(exchange, 404, "There is nothing here.");
      } else if (!exchange.getRequestMethod().equals("GET")) {
        answer(exchange, 405, "This address takes a browser's GET only.");
      } else {
        parameters = parameters(exchange.getRequestURI().getRawQuery());
        if (!hasState(parameters)
            || !parameters.containsKey("code") && !parameters.containsKey("error")) {
          parameters = Map.of();
          answer(exchange, 400, "This is not the answer to the login that is waiting here.");
        } else if (used.getAndSet(true)) {
          parameters = Map.of();
          answer(exchange, 400, "This login has been answered before.");
        } else if (parameters.containsKey("error")) {
          answer(exchange, 200, "The login failed. The program that asked for it says why.");
        } else {
          answer(exchange, 200, "You can close this page and go back to the program.");
        }
      }
    } finally {
      // After the answer: the waiting thread closes the server.
      if (!parameters.isEmpty()) {
        redirect.complete(parameters);
      }
    }
  }

  private boolean hasState(Map<String, String> parameters) {
    return MessageDigest.isEqual(
        state.getBytes(StandardCharsets.UTF_8),
        parameters.getOrDefault("state", "").getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : (query == null ? "" : query).split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        // The JDK's server has refused anything but a URI, so that this decodes.
        parameters.put(
            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return parameters;
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] page =
        ("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Prisma login</title><p>"
                + text
                + "</p></html>")
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    // The page's address has the code in it.
    exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
    exchange.getResponseHeaders().set("Connection", "close");
    exchange.sendResponseHeaders(status, page.length);
    exchange.getResponseBody().write(page);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "ppgtest-login");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    redirect.cancel(false);
    server.stop(0);
    threads.shutdownNow();
  }

  @Override
  public String toString() {
    return "LoopbackRedirect[" + uri() + "]";
  }
}
