package io.github.ppgtest.emulator.internal.http;

import io.github.ppgtest.emulator.UserLog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Reads and writes all connections of a server in one thread, so that a client costs a few
 * kilobytes until its request is let in, and no thread before it is complete. Of clients that are
 * too many those go first that have shown no token. The loop outlives every failure, an
 * OutOfMemoryError of the JVM too.
 */
final class HttpLoop implements Runnable {
  /** Fewer than a process may have files on any system, and more than a build's clients. */
  static final int MOST_CONNECTIONS = 512;

  private static final UserLog LOG = UserLog.of(HttpLoop.class.getName());
  private static final int SCRATCH = 16 * 1024;

  /** So many before those that are there have their turn. */
  private static final int ACCEPTED_AT_ONCE = 64;

  private static final long TICK_MILLIS = 500;
  private static final long BUSY_TICK_MILLIS = 10;
  private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

  private final InetSocketAddress address;
  private final int backlog;
  private final Dispatcher dispatcher;
  private final Duration patience;
  private final Executor threads;
  private final ByteBuffer scratch = ByteBuffer.allocate(SCRATCH);

  /** In the order in which they came. */
  private final Set<ClientConnection> connections = new LinkedHashSet<>();

  private ServerSocketChannel listener;
  private Selector selector;
  private SelectionKey accepting;

  /** Whether an error may have left the selector with half of what it knew. */
  private boolean isBroken;

  private volatile boolean closing;

  /**
   * Takes over a listener.
   *
   * @param patience how long a head may take, and a body
   * @param threads makes the answers, and rejects what it has no thread for
   */
  HttpLoop(
      ServerSocketChannel listener,
      int backlog,
      Dispatcher dispatcher,
      Duration patience,
      Executor threads)
      throws IOException {
    this.patience = patience;
    this.listener = listener;
    this.address = (InetSocketAddress) listener.getLocalAddress();
    this.backlog = backlog;
    this.dispatcher = dispatcher;
    this.threads = threads;
    this.selector = Selector.open();
    this.accepting = register();
  }

  private SelectionKey register() throws IOException {
    listener.configureBlocking(false);
    return listener.register(selector, SelectionKey.OP_ACCEPT);
  }

  /** Runs until it is closed. */
  @Override
  public void run() {
    Drill drill = new Drill();
    while (!closing) {
      try {
        try {
          drill.fail();
          step();
        } catch (Throwable e) {
          survive(e);
        }
      } catch (Throwable again) {
        // There is not even the memory to survive the first. It is tried again.
      }
    }
    end();
  }

  private void step() throws IOException {
    if (isBroken || !selector.isOpen() || !listener.isOpen()) {
      reopen();
      isBroken = false;
    }
    // An interrupt is nothing to it, but would keep the selector from waiting.
    Thread.interrupted();
    selector.select(timeout());
    Set<SelectionKey> ready = selector.selectedKeys();
    boolean isAsked = ready.contains(accepting);
    try {
      for (SelectionKey key : ready) {
        if (key.isValid() && key.attachment() instanceof ClientConnection connection) {
          attempt(connection, () -> connection.ready(scratch));
        }
      }
    } finally {
      ready.clear();
    }
    long now = System.nanoTime();
    for (ClientConnection connection : connections) {
      attempt(connection, () -> connection.look(threads, now));
    }
    connections.removeIf(connection -> !connection.isOpen());
    if (isAsked || accepting.interestOps() == 0) {
      accept();
    }
  }

  private long timeout() {
    if (connections.isEmpty() && accepting.interestOps() != 0) {
      return 0;
    }
    return connections.stream().anyMatch(ClientConnection::isWaiting)
        ? BUSY_TICK_MILLIS
        : TICK_MILLIS;
  }

  private interface Action {
    void run() throws IOException;
  }

  /** What goes wrong with one client ends that one. */
  private static void attempt(ClientConnection connection, Action action) {
    try {
      action.run();
    } catch (IOException gone) {
      connection.close();
    } catch (Throwable e) {
      connection.close();
      throw e;
    }
  }

  private void accept() {
    accepting.interestOps(SelectionKey.OP_ACCEPT);
    for (int i = 0; i < ACCEPTED_AT_ONCE; i++) {
      if (connections.size() >= MOST_CONNECTIONS
          && !drop(ClientConnection::isStranger)
          && !drop(ClientConnection::isIdle)) {
        // All have been let in and are at work: others wait with the system.
        accepting.interestOps(0);
        return;
      }
      try {
        SocketChannel channel = listener.accept();
        if (channel == null) {
          return;
        }
        add(channel);
      } catch (IOException e) {
        // As a rule the process has too many files open: a stranger's may help.
        drop(ClientConnection::isStranger);
        accepting.interestOps(0);
        return;
      }
    }
  }

  private void add(SocketChannel channel) throws IOException {
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      ClientConnection connection = new ClientConnection(channel, key, dispatcher, patience);
      key.attach(connection);
      connections.add(connection);
    } catch (Throwable e) {
      try (channel) {
        throw e;
      }
    }
  }

  /** Ends the first of this kind; returns whether there was one. */
  private boolean drop(Predicate<ClientConnection> kind) {
    for (ClientConnection connection : connections) {
      if (kind.test(connection)) {
        connection.close();
        connections.remove(connection);
        return true;
      }
    }
    return false;
  }

  /**
   * Fails once while all is well: what the JVM executes for the first time takes memory, and there
   * may be none when it is needed.
   */
  private static final class Drill extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private boolean isOver;

    Drill() {
      super(null, null, false, false);
    }

    void fail() {
      if (!isOver) {
        isOver = true;
        throw this;
      }
    }
  }

  private void survive(Throwable failure) {
    isBroken = isBroken || failure instanceof Error;
    LockSupport.parkNanos(PAUSE_NANOS);
    if (!(failure instanceof Drill)) {
      LOG.error("The emulator's HTTP server had to be started again", failure);
    }
  }

  /** Begins anew at the same port; the clients' memory may be what was missing. */
  private void reopen() throws IOException {
    while (drop(any -> true)) {
      // The next.
    }
    selector.close();
    selector = Selector.open();
    if (!listener.isOpen()) {
      listener = ServerSocketChannel.open().bind(address, backlog);
    }
    accepting = register();
  }

  /** Has it end, and the port be given back, soon. */
  void close() {
    closing = true;
    selector.wakeup();
  }

  private void end() {
    List<AutoCloseable> open = new ArrayList<>(List.of(listener, selector));
    connections.forEach(connection -> open.add(0, connection::close));
    for (AutoCloseable one : open) {
      try {
        one.close();
      } catch (Exception e) {
        LOG.debug("A part of the emulator's HTTP server was not closed", e);
      }
    }
  }
}
