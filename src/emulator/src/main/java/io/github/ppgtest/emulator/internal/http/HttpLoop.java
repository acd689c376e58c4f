package io.github.ppgtest.emulator.internal.http;

import io.github.ppgtest.emulator.UserLog;
import java.io.IOException;
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
import org.jspecify.annotations.Nullable;

/**
 * Accepts and reads all connections of a server in one thread, so that a client costs a few
 * kilobytes until its request is admitted, and no thread before it is complete. Where clients are
 * too many, unauthenticated ones go first. The loop outlives every failure, an OutOfMemoryError of
 * the JVM too.
 */
final class HttpLoop implements Runnable {
  /** Fewer than a process may have files on any system, and more than a build's clients. */
  static final int MAX_CONNECTIONS = 512;

  private static final UserLog LOG = UserLog.of(HttpLoop.class.getName());
  private static final int SCRATCH = 16 * 1024;

  /** So many before those that are there have their turn. */
  private static final int ACCEPTED_AT_ONCE = 64;

  /** How often times are checked, and an accept that failed is tried again. */
  private static final long TICK_MILLIS = 500;

  private static final long TICK_NANOS = Duration.ofMillis(TICK_MILLIS).toNanos();
  private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();
  private static final long LOG_NANOS = Duration.ofMinutes(1).toNanos();

  private final ServerSocketChannel listener;
  private final Dispatcher dispatcher;
  private final Duration timeout;
  private final Executor threads;

  /** How long a connection without a request is safe from others that want its place. */
  private final long graceNanos;

  private final ByteBuffer scratch = ByteBuffer.allocate(SCRATCH);

  /** In the order in which they came; those that have ended are removed now and then. */
  private final Set<ClientConnection> connections = new LinkedHashSet<>();

  private volatile Selector selector;
  private SelectionKey accepting;

  /** Whether no client waited when it was last looked; else, since when there has been one. */
  private boolean isDrained = true;

  private long waitingSince;

  private long checkedAt = System.nanoTime();
  private long loggedAt = System.nanoTime() - LOG_NANOS;

  /** Whether an error may have left the selector with half of what it knew. */
  private boolean isBroken;

  /** Whether clients may be waiting that there is no room for. */
  private boolean isPaused;

  /** Whether so many are there that connections had better end with their answers. */
  private volatile boolean isCrowded;

  private volatile boolean closing;

  /**
   * Takes over a listener.
   *
   * @param timeout how long a head may take, and a body
   * @param threads make the answers, one thread for each at a time
   */
  HttpLoop(ServerSocketChannel listener, Dispatcher dispatcher, Duration timeout, Executor threads)
      throws IOException {
    this.timeout = timeout;
    this.graceNanos = timeout.toNanos() / 15;
    this.listener = listener;
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
    Rehearsal rehearsal = new Rehearsal();
    while (!closing) {
      try {
        try {
          rehearsal.failOnce();
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
    if (isBroken || !selector.isOpen()) {
      isBroken = true;
      reopen();
      isBroken = false;
      // It may have been closed meanwhile, when there was no selector to wake.
      return;
    }
    // An interrupt is nothing to it, but would keep the selector from waiting.
    Thread.interrupted();
    selector.select(connections.isEmpty() && !isPaused ? 0 : TICK_MILLIS);
    Set<SelectionKey> ready = selector.selectedKeys();
    boolean isAsked = ready.contains(accepting);
    try {
      for (SelectionKey key : ready) {
        if (key.attachment() instanceof ClientConnection connection && key.isValid()) {
          connection.ready(scratch);
        }
      }
    } finally {
      ready.clear();
    }
    checkTimes();
    if (isAsked || isPaused) {
      accept();
    }
    isCrowded = connections.size() > MAX_CONNECTIONS / 2;
  }

  private void checkTimes() {
    long now = System.nanoTime();
    if (now - checkedAt >= TICK_NANOS) {
      checkedAt = now;
      connections.forEach(connection -> connection.checkTime(now));
      removeClosed();
    }
  }

  private void removeClosed() {
    connections.removeIf(connection -> !connection.isOpen());
  }

  private void pause(boolean isPaused) {
    this.isPaused = isPaused;
    accepting.interestOps(isPaused ? 0 : SelectionKey.OP_ACCEPT);
  }

  private void accept() {
    pause(false);
    if (isDrained) {
      waitingSince = System.nanoTime();
    }
    isDrained = false;
    for (int i = 0; i < ACCEPTED_AT_ONCE; i++) {
      try {
        if (connections.size() >= MAX_CONNECTIONS) {
          removeClosed();
        }
        boolean isFull = connections.size() >= MAX_CONNECTIONS;
        ClientConnection evicted = isFull ? evictable() : null;
        if (isFull && evicted == null) {
          // All have a request that is answered or about to come: others wait with the system.
          pause(true);
          return;
        }
        SocketChannel channel = listener.accept();
        if (channel == null) {
          isDrained = true;
          return;
        }
        evict(evicted);
        add(channel);
      } catch (IOException e) {
        // As a rule the process has too many files open: one less may help.
        evict(evictable());
        pause(true);
        return;
      }
    }
  }

  /**
   * Returns the connection that can be missed most, if any: one that has its last answer, else the
   * oldest unauthenticated one, else one that is idle. Those that have just connected, or read an
   * answer, may be about to send a request; but a flood that lasts gets no time.
   */
  private @Nullable ClientConnection evictable() {
    long now = System.nanoTime();
    boolean isFlood = now - waitingSince > graceNanos;
    ClientConnection oldest = null;
    ClientConnection idle = null;
    for (ClientConnection connection : connections) {
      if (connection.isEnding()) {
        return connection;
      }
      if (connection.isUnauthenticated()) {
        oldest = oldest == null ? connection : oldest;
      } else if (idle == null && connection.hasBeenIdle(graceNanos, now)) {
        idle = connection;
      }
    }
    return oldest != null && (isFlood || oldest.isOlderThan(graceNanos, now)) ? oldest : idle;
  }

  private void evict(@Nullable ClientConnection connection) {
    if (connection != null) {
      connection.close();
      connections.remove(connection);
    }
  }

  private void add(SocketChannel channel) throws IOException {
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      ClientConnection connection =
          new ClientConnection(channel, key, dispatcher, threads, timeout, () -> isCrowded);
      key.attach(connection);
      connections.add(connection);
    } catch (Throwable e) {
      try (channel) {
        throw e;
      }
    }
  }

  /**
   * Fails once while all is well: what the JVM executes for the first time takes memory, and there
   * may be none when it is needed.
   */
  private static final class Rehearsal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private boolean isOver;

    Rehearsal() {
      super(null, null, false, false);
    }

    void failOnce() {
      if (!isOver) {
        isOver = true;
        throw this;
      }
    }
  }

  private void survive(Throwable failure) {
    isBroken = isBroken || failure instanceof Error;
    LockSupport.parkNanos(PAUSE_NANOS);
    long now = System.nanoTime();
    // What fails may fail again at once, without end.
    if (!(failure instanceof Rehearsal) && now - loggedAt >= LOG_NANOS) {
      loggedAt = now;
      LOG.error("The emulator's HTTP server had to be started again", failure);
    }
  }

  /** Begins anew with the same listener; the clients' memory may be what was missing. */
  private void reopen() throws IOException {
    while (!connections.isEmpty()) {
      evict(connections.iterator().next());
    }
    selector.close();
    selector = Selector.open();
    accepting = register();
    isPaused = false;
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
