package io.github.ppgtest.emulator.internal.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An HTTP server on the loopback address. Clients can connect once it is bound, and are answered
 * once it is open.
 */
public final class ApiServer implements AutoCloseable {
  /** As many clients may connect in the same instant. */
  private static final int BACKLOG = 512;

  /** Not "localhost", which is another address on some machines, and for some JVMs. */
  private static final String ADDRESS = "127.0.0.1";

  private final HttpServer server;
  private final ExecutorService threads = Threads.daemons("ppgtest-emulator-http");
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile List<Router> routers = List.of();

  private ApiServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Takes a port.
   *
   * @param port the port; 0 for any that is free
   * @throws IOException when the port is taken
   */
  public static ApiServer bind(int port) throws IOException {
    return new ApiServer(
        NoDelay.bind(new InetSocketAddress(InetAddress.getByName(ADDRESS), port), BACKLOG));
  }

  /** Returns {@code http://127.0.0.1:PORT}. */
  public URI url() {
    return URI.create("http://" + ADDRESS + ":" + server.getAddress().getPort());
  }

  /**
   * Answers requests from now on.
   *
   * @param access what the requests of the first router have to pass
   * @param openRouter what is answered without that
   * @param secret what its paths have in them
   * @param interceptor what the requests of both pass
   */
  public void open(
      Access access, Router router, Router openRouter, PathSecret secret, Interceptor interceptor) {
    routers = List.of(router, openRouter);
    server.setExecutor(threads);
    server.createContext(
        "/",
        new Dispatcher(
            access,
            router,
            openRouter,
            secret,
            interceptor,
            new BrowserGuard(server.getAddress().getPort())));
    start();
  }

  /** Lists what is answered, such as {@code GET /v1/projects/{id}}, sorted; nothing until open. */
  public List<String> routes() {
    return routers.stream().map(Router::routes).flatMap(List::stream).sorted().toList();
  }

  private void start() {
    if (started.compareAndSet(false, true)) {
      // The server's own thread inherits whether it is a daemon from the thread that starts it.
      Threads.runAsDaemon("ppgtest-emulator-start", server::start);
    }
  }

  /** Cuts off whatever is being answered. Idempotent. */
  @Override
  public void close() {
    // Only the server's own thread lets go of the port, so that one which never ran would keep it.
    start();
    server.stop(0);
    Threads.end(threads);
  }
}
