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

  /** A client that is still sending would see a cut connection instead of the answer. */
  private static final int DISCARDED_AT_MOST = 16 * 1024 * 1024;

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

  /** Whether other clients will soon want its place. */
  private final BooleanSupplier isCrowded;

  private final long openedAt = System.nanoTime();
  private State state = State.HEAD;
  private long deadline;
  private boolean isAuthenticated;

  private final ReceivedBytes received = new ReceivedBytes();

  /** Of the request that is being read or answered. */
  private String method = "GET";

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
      BooleanSupplier isCrowded) {
    this.channel = channel;
    this.key = key;
    this.dispatcher = dispatcher;
    this.threads = threads;
    this.timeout = timeout;
    this.isCrowded = isCrowded;
    this.deadline = System.nanoTime() + timeout.toNanos();
  }

  /** Tells whether it has shown no token, nor the secret of a path. */
  synchronized boolean isUnauthenticated() {
    return !isAuthenticated;
  }

  /** Tells whether its last answer is written. */
  synchronized boolean isEnding() {
    return state == State.LINGERING;
  }

  boolean isOlderThan(long nanos, long now) {
    return now - openedAt > nanos;
  }

  /** Tells whether it has been between two requests for so long. */
  synchronized boolean hasBeenIdle(long nanos, long now) {
    return isIdle() && deadline - now < IDLE_NANOS - nanos;
  }

  private boolean isIdle() {
    return state == State.HEAD && received.isEmpty();
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

  /** Refuses a request; what goes wrong otherwise ends this connection, and no other. */
  private void attempt(Step step) {
    try {
      try {
        step.run();
      } catch (ApiError refusal) {
        refuse(refusal);
      }
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
        received.add(scratch);
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
            if (state == State.BODY || state == State.HEAD && !received.isEmpty()) {
              throw ApiError.tooSlow(timeout);
            }
            close();
          });
    }
  }

  /** Reads the next request, if it is there. */
  private void read() throws IOException {
    method = "GET";
    byte[] head = received.head();
    if (head != null) {
      begin(RequestHead.parse(head), received.takeRest());
    }
  }

  private void begin(RequestHead head, ByteBuffer rest) throws IOException {
    method = head.method();
    Admission admitted = dispatcher.admit(head);
    isAuthenticated |= admitted.isAuthenticated();
    closesAfter = !head.keepsAlive();
    body = new IncomingBody(admitted);
    state = State.BODY;
    deadline = System.nanoTime() + timeout.toNanos();
    if (head.expectsContinue()
        && head.bodyLength() != 0
        && !rest.hasRemaining()
        && channel.write(ByteBuffer.wrap(CONTINUE)) < CONTINUE.length) {
      throw new IOException("The client has not read the answers before.");
    }
    readBody(rest);
  }

  private void readBody(ByteBuffer bytes) throws IOException {
    IncomingBody incoming = body;
    if (incoming == null) {
      throw new IllegalStateException("There is no request.");
    }
    if (!incoming.take(bytes)) {
      return;
    }
    received.add(bytes);
    body = null;
    state = State.ANSWERING;
    Admission request = incoming.request();
    byte[] content = incoming.bytes();
    try {
      threads.execute(() -> answer(request, content));
    } catch (OutOfMemoryError e) {
      // No thread is to be had. The request goes, and not the emulator.
      throw ApiError.noThread();
    }
  }

  private void answer(Admission request, byte[] content) {
    ByteBuffer answer = ResponseBytes.NONE;
    try {
      try {
        closesAfter |= isCrowded.getAsBoolean();
        answer = dispatcher.answer(request, content, closesAfter);
      } finally {
        finish(answer);
      }
    } catch (Error e) {
      logEndOfAnswer(e);
    }
  }

  /**
   * Tests that wait with Awaitility fail of an error that a thread of another's leaves uncaught.
   */
  private static void logEndOfAnswer(Error failure) {
    try {
      LOG.error("The emulator could not answer a request", failure);
    } catch (OutOfMemoryError again) {
      // There is no memory to log it either.
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
      received.clear();
      channel.shutdownOutput();
      enter(State.LINGERING, LINGER_NANOS);
    } else {
      enter(State.HEAD, received.isEmpty() ? IDLE_NANOS : timeout.toNanos());
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
