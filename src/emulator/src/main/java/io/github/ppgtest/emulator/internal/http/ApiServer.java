package io.github.ppgtest.emulator.internal.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on the loopback address. Clients can connect once it is bound, and are answered
 * once it is open.
 */
public final class ApiServer implements AutoCloseable {
  /**
   * As many clients may wait for a connection; Linux takes 4,096 unless told otherwise. To one more
   * the connection seems to be there, but what it sends is lost and repeated ever more slowly.
   */
  private static final int BACKLOG = 4096;

  /** Not "localhost", which is another address on some machines, and for some JVMs. */
  private static final String ADDRESS = "127.0.0.1";

  private final ServerSocketChannel listener;
  private final int port;
  private final Duration timeout;

  /** One for each request that is being answered, so as many as connections at most. */
  private final ExecutorService threads = Threads.daemons("ppgtest-emulator-answer");

  private volatile List<Router> routers = List.of();

  // Both guarded by this.
  private @Nullable HttpLoop loop;
  private @Nullable Thread looping;

  private ApiServer(ServerSocketChannel listener, int port, Duration timeout) {
    this.timeout = timeout;
    this.listener = listener;
    this.port = port;
  }

  /**
   * Takes a port.
   *
   * @param port the port; 0 for any that is free
   * @param timeout how long the head of a request may take, and its body
   * @throws IOException when the port is taken
   */
  public static ApiServer bind(int port, Duration timeout) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    try {
      listener.bind(new InetSocketAddress(InetAddress.getByName(ADDRESS), port), BACKLOG);
      return new ApiServer(listener, listener.socket().getLocalPort(), timeout);
    } catch (IOException | RuntimeException e) {
      try (listener) {
        throw e;
      }
    }
  }

  /** Returns {@code http://127.0.0.1:PORT}. */
  public URI url() {
    return URI.create("http://" + ADDRESS + ":" + port);
  }

  /**
   * Answers requests from now on.
   *
   * @param access what the requests of the first router have to pass
   * @param openRouter what is answered without that
   * @param secret what its paths have in them
   * @param interceptor what the requests of both pass
   */
  public synchronized void open(
      Access access, Router router, Router openRouter, PathSecret secret, Interceptor interceptor) {
    routers = List.of(router, openRouter);
    Dispatcher dispatcher =
        new Dispatcher(access, router, openRouter, secret, interceptor, new BrowserGuard(port));
    try {
      HttpLoop opened = new HttpLoop(listener, dispatcher, timeout, threads);
      loop = opened;
      looping = Threads.start("ppgtest-emulator-http-" + port, opened);
    } catch (IOException e) {
      throw new IllegalStateException("The emulator cannot listen: " + e.getMessage(), e);
    }
  }

  /** Lists what is answered, such as {@code GET /v1/projects/{id}}, sorted; nothing until open. */
  public List<String> routes() {
    return routers.stream().map(Router::routes).flatMap(List::stream).sorted().toList();
  }

  /** Cuts off whatever is being answered. Idempotent. */
  @Override
  public synchronized void close() {
    HttpLoop opened = loop;
    Thread thread = looping;
    if (opened == null) {
      closeListener();
    } else {
      opened.close();
      if (thread == null) {
        // There was none to be had for it.
        opened.run();
      } else {
        Threads.join(thread);
      }
    }
    Threads.end(threads);
  }

  private void closeListener() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new IllegalStateException("The emulator's port cannot be given back.", e);
    }
  }
}
