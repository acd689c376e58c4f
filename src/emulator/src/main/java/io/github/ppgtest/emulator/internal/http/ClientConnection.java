package io.github.ppgtest.emulator.internal.http;

import io.github.ppgtest.emulator.UserLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One client: its requests are read, admitted by their heads, and answered one after the other. The
 * thread of the {@link HttpLoop} reads; the thread that makes an answer also writes it, as far as
 * the socket takes it at once. Guarded by itself.
 */
final class ClientConnection {
  private static final UserLog LOG = UserLog.of(ClientConnection.class.getName());

  private static final long ANSWER_NANOS = Duration.ofSeconds(60).toNanos();
  private static final long LINGER_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long IDLE_NANOS = Duration.ofMinutes(5).toNanos();

  /** A client that has just connected, or read an answer, may be about to send a request. */
  private static final long SETTLED_NANOS = Duration.ofSeconds(1).toNanos();

  /** A client that is still sending would see a cut connection instead of the answer. */
  private static final int DISCARDED_AT_MOST = 16 * 1024 * 1024;

  private static final int FIRST_BUFFER = 1024;
  private static final byte[] CONTINUE = {
    'H', 'T', 'T', 'P', '/', '1', '.', '1', ' ', '1', '0', '0', ' ', '\r', '\n', '\r', '\n'
  };

  private enum State {
    /** Until the head is complete; between two requests, too. */
    HEAD,
    BODY,
    ANSWERING,
    WRITING,
    /** Discards what the client still sends, so that it reads the answer. */
    LINGERING
  }

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Dispatcher dispatcher;
  private final Executor threads;

  /** How long a head may take, and a body. */
  private final Duration timeout;

  /** Whether other clients wait for a connection. */
  private final BooleanSupplier isWantedByOthers;

  private final long openedAt = System.nanoTime();
  private State state = State.HEAD;
  private long deadline;
  private boolean isAuthenticated;

  /** What has come and is not read yet, ready to be added to; null where there is nothing. */
  private @Nullable ByteBuffer received;

  /** How much of that has been searched for the end of a head. */
  private int searched;

  /** Of the request that is being read or answered. */
  private String method = "GET";

  private @Nullable Admission admission;
  private @Nullable IncomingBody body;
  private @Nullable ByteBuffer out;
  private boolean closesAfter;
  private int discarded;

  ClientConnection(
      SocketChannel channel,
      SelectionKey key,
      Dispatcher dispatcher,
      Executor threads,
      Duration timeout,
      BooleanSupplier isWantedByOthers) {
    this.channel = channel;
    this.key = key;
    this.dispatcher = dispatcher;
    this.threads = threads;
    this.timeout = timeout;
    this.isWantedByOthers = isWantedByOthers;
    this.deadline = System.nanoTime() + timeout.toNanos();
  }

  /** Tells whether it has shown no token, nor the secret of a path. */
  synchronized boolean isUnauthenticated() {
    return !isAuthenticated;
  }

  /** Tells whether it has been there for a while. */
  boolean isSettled(long now) {
    return now - openedAt > SETTLED_NANOS;
  }

  /** Tells whether it has been between two requests for a while. */
  synchronized boolean isIdle(long now) {
    return isIdle() && deadline - now < IDLE_NANOS - SETTLED_NANOS;
  }

  private boolean isIdle() {
    return state == State.HEAD && received == null;
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  synchronized void close() {
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      // It has gone, which is what was wanted.
    }
    // The socket is given back by the selector.
    key.selector().wakeup();
  }

  private interface Step {
    void run() throws IOException;
  }

  /** What goes wrong with one client ends that one. */
  private void attempt(Step step) {
    try {
      step.run();
    } catch (IOException | RejectedExecutionException gone) {
      close();
    } catch (RuntimeException e) {
      close();
      LOG.error("The emulator's connection with a client failed", e);
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  /**
   * Goes on where the socket is ready.
   *
   * @param scratch what is read into, the same for all
   */
  synchronized void ready(ByteBuffer scratch) {
    attempt(() -> proceed(scratch));
  }

  private void proceed(ByteBuffer scratch) throws IOException {
    if (state == State.WRITING) {
      write();
      return;
    }
    if (state == State.ANSWERING) {
      // The next request, or the end, waits in the socket.
      key.interestOps(0);
      return;
    }
    scratch.clear();
    int read = channel.read(scratch);
    if (read < 0) {
      close();
    }
    if (read <= 0) {
      return;
    }
    scratch.flip();
    switch (state) {
      case HEAD -> {
        if (isAuthenticated && isIdle()) {
          deadline = System.nanoTime() + timeout.toNanos();
        }
        receive(scratch);
        read();
      }
      case BODY -> readBody(scratch);
      default -> discard(read);
    }
  }

  /** Ends what takes too long. */
  synchronized void checkTime(long now) {
    if (state != State.ANSWERING && now - deadline > 0) {
      attempt(
          () -> {
            if (state == State.BODY || state == State.HEAD && received != null) {
              refuse(ApiError.tooSlow(timeout));
            } else {
              close();
            }
          });
    }
  }

  private void receive(ByteBuffer bytes) {
    // RFC 9112, 2.2: some clients end a body, or begin a request, with an empty line.
    while (received == null && bytes.hasRemaining() && isLineEnd(bytes.get(bytes.position()))) {
      bytes.get();
    }
    if (!bytes.hasRemaining()) {
      return;
    }
    ByteBuffer old = received;
    int had = old == null ? 0 : old.position();
    if (old == null || old.remaining() < bytes.remaining()) {
      int size = Math.max(FIRST_BUFFER, Integer.highestOneBit(had + bytes.remaining()) << 1);
      old =
          ByteBuffer.allocate(size).put(old == null ? ResponseBytes.NONE.duplicate() : old.flip());
    }
    received = old.put(bytes);
  }

  private static boolean isLineEnd(byte b) {
    return b == '\r' || b == '\n';
  }

  /** Reads the next request, if it is there. */
  private void read() throws IOException {
    ByteBuffer bytes = received;
    if (bytes == null) {
      return;
    }
    int end = endOfHead(bytes);
    if (end < 0) {
      if (bytes.position() > RequestHead.LARGEST) {
        refuse(ApiError.headTooLarge());
      }
      return;
    }
    bytes.flip();
    byte[] head = new byte[end];
    bytes.get(head);
    bytes.position(end + 4);
    received = null;
    searched = 0;
    method = "GET";
    try {
      begin(RequestHead.parse(head), bytes);
    } catch (ApiError e) {
      refuse(e);
    }
  }

  private int endOfHead(ByteBuffer bytes) {
    for (; searched + 4 <= bytes.position() && searched <= RequestHead.LARGEST; searched++) {
      if (bytes.get(searched) == '\r'
          && bytes.get(searched + 1) == '\n'
          && bytes.get(searched + 2) == '\r'
          && bytes.get(searched + 3) == '\n') {
        return searched;
      }
    }
    return -1;
  }

  private void begin(RequestHead head, ByteBuffer rest) throws IOException {
    method = head.method();
    Admission admitted = dispatcher.admit(head);
    isAuthenticated |= admitted.isAuthenticated();
    admission = admitted;
    closesAfter = !head.keepsAlive();
    body = new IncomingBody(head, admitted.largestBody());
    state = State.BODY;
    deadline = System.nanoTime() + timeout.toNanos();
    if (head.expectsContinue() && !rest.hasRemaining() && head.bodyLength() != 0) {
      if (channel.write(ByteBuffer.wrap(CONTINUE)) < CONTINUE.length) {
        throw new IOException("The client has not read the answers before.");
      }
    }
    readBody(rest);
  }

  private void readBody(ByteBuffer bytes) throws IOException {
    Admission admitted = admission;
    IncomingBody incoming = body;
    if (admitted == null || incoming == null) {
      throw new IllegalStateException("There is no request.");
    }
    try {
      if (!incoming.take(bytes)) {
        return;
      }
    } catch (ApiError e) {
      refuse(e);
      return;
    }
    receive(bytes);
    admission = null;
    body = null;
    state = State.ANSWERING;
    byte[] complete = incoming.bytes();
    try {
      threads.execute(() -> answer(admitted, complete));
    } catch (OutOfMemoryError e) {
      // No thread is to be had. The request goes, and not the emulator.
      refuse(ApiError.noThread());
    }
  }

  private void answer(Admission admitted, byte[] complete) {
    ByteBuffer answer = ResponseBytes.NONE;
    try {
      closesAfter |= isWantedByOthers.getAsBoolean();
      answer = dispatcher.answer(admitted, complete, closesAfter);
    } finally {
      finish(answer);
    }
  }

  private synchronized void finish(ByteBuffer answer) {
    // Where there is no memory to write or close, the loop closes it.
    state = State.LINGERING;
    deadline = System.nanoTime();
    attempt(() -> write(answer));
  }

  private void refuse(ApiError error) throws IOException {
    closesAfter = true;
    write(ResponseBytes.of(error.response(), method, true));
  }

  private void write(ByteBuffer bytes) throws IOException {
    if (!bytes.hasRemaining()) {
      close();
      return;
    }
    admission = null;
    body = null;
    out = bytes;
    state = State.WRITING;
    deadline = System.nanoTime() + ANSWER_NANOS;
    write();
  }

  private void write() throws IOException {
    ByteBuffer bytes = out;
    if (bytes == null) {
      throw new IllegalStateException("There is nothing to write.");
    }
    channel.write(bytes);
    if (bytes.hasRemaining()) {
      await(SelectionKey.OP_WRITE);
      return;
    }
    out = null;
    if (closesAfter) {
      received = null;
      channel.shutdownOutput();
      enter(State.LINGERING, LINGER_NANOS);
    } else {
      enter(State.HEAD, received == null ? IDLE_NANOS : timeout.toNanos());
      read();
    }
  }

  private void enter(State next, long nanos) {
    state = next;
    deadline = System.nanoTime() + nanos;
    await(SelectionKey.OP_READ);
  }

  /** The loop need not be woken as a rule: it has gone on waiting for what is to be read. */
  private void await(int operation) {
    if (key.interestOps() != operation) {
      key.interestOps(operation);
      key.selector().wakeup();
    }
  }

  private void discard(int count) {
    discarded += count;
    if (discarded > DISCARDED_AT_MOST) {
      close();
    }
  }
}
