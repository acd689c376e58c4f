package io.github.ppgtest.emulator.internal.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;

/** An HTTP server on the loopback address. It listens from the start and answers once opened. */
public final class ApiServer implements AutoCloseable {
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";

  /** As many clients may connect in the same instant. */
  private static final int BACKLOG = 512;

  private final HttpServer server;
  private final ExecutorService threads;

  private ApiServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Takes a port.
   *
   * @param port the port; 0 for any that is free
   * @throws IOException when the port is taken
   */
  public static ApiServer bind(int port) throws IOException {
    HttpServer server = createWithoutDelay();
    try {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    } catch (IOException e) {
      server.stop(0);
      throw e;
    }
    return new ApiServer(server, Threads.daemons("ppgtest-emulator-http"));
  }

  /**
   * The JDK's server writes head and body of an answer separately. Unless it sets TCP_NODELAY, the
   * body waits up to 40 ms for the client's acknowledgement of the head. It reads the property
   * once, when its classes load.
   */
  private static synchronized HttpServer createWithoutDelay() throws IOException {
    boolean unset = System.getProperty(NO_DELAY) == null;
    if (unset) {
      System.setProperty(NO_DELAY, "true");
    }
    try {
      return HttpServer.create();
    } finally {
      if (unset) {
        System.clearProperty(NO_DELAY);
      }
    }
  }

  /** Returns {@code http://localhost:PORT}. */
  public URI url() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** Answers requests that carry the token from now on. */
  public void open(String token, Router router) {
    server.setExecutor(threads);
    server.createContext("/", new Dispatcher(new BearerToken(token), router));
    // The server's own thread inherits whether it is a daemon from the thread that starts it.
    Threads.runAsDaemon("ppgtest-emulator-start", server::start);
  }

  /** Cuts off whatever is being answered. Idempotent. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
