package io.github.ppgtest.emulator.internal.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One client: its requests come in, are let in by their heads, and are answered one after the
 * other. Belongs to the thread of the {@link HttpLoop}; only answers are made in others.
 */
final class ClientConnection {
  private static final long ANSWER_NANOS = Duration.ofSeconds(60).toNanos();
  private static final long LINGER_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long IDLE_NANOS = Duration.ofMinutes(5).toNanos();

  /** A client that is still sending would see a cut connection instead of the answer. */
  private static final int DISCARDED_AT_MOST = 16 * 1024 * 1024;

  private static final int FIRST_BUFFER = 1024;
  private static final byte[] CONTINUE = {
    'H', 'T', 'T', 'P', '/', '1', '.', '1', ' ', '1', '0', '0', ' ', '\r', '\n', '\r', '\n'
  };
  private static final ByteBuffer CUT = ByteBuffer.allocate(0);

  private enum Phase {
    /** Until the head is complete; between two requests, too. */
    HEAD,
    BODY,
    /** For a thread to answer it. */
    WAITING,
    ANSWERED,
    WRITING,
    /** Discards what the client still sends, so that it reads the answer. */
    LINGERING
  }

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Dispatcher dispatcher;

  /** How long a head may take, and a body. */
  private final Duration patience;

  private Phase phase = Phase.HEAD;
  private long deadline;
  private boolean isKnown;

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

  /** Set by the thread that answers. */
  private volatile @Nullable ByteBuffer answer;

  ClientConnection(
      SocketChannel channel, SelectionKey key, Dispatcher dispatcher, Duration patience) {
    this.channel = channel;
    this.key = key;
    this.dispatcher = dispatcher;
    this.patience = patience;
    this.deadline = System.nanoTime() + patience.toNanos();
  }

  /** Tells whether no request of it has been let in yet, so that it goes first. */
  boolean isStranger() {
    return !isKnown;
  }

  /** Tells whether it is between two requests. */
  boolean isIdle() {
    return phase == Phase.HEAD && received == null;
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  boolean isWaiting() {
    return phase == Phase.WAITING;
  }

  void close() {
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      // It has gone, which is what was wanted.
    }
  }

  /**
   * Goes on where the socket is ready.
   *
   * @param scratch what is read into, the same for all
   */
  void ready(ByteBuffer scratch) throws IOException {
    if (phase == Phase.WRITING) {
      write();
      return;
    }
    scratch.clear();
    int read = channel.read(scratch);
    if (read < 0) {
      close();
      return;
    }
    scratch.flip();
    switch (phase) {
      case HEAD -> {
        if (isIdle() && isKnown) {
          deadline = System.nanoTime() + patience.toNanos();
        }
        receive(scratch);
        read();
      }
      case BODY -> readBody(scratch);
      case LINGERING -> discard(read);
      default -> throw new IllegalStateException("Nothing is read in " + phase);
    }
  }

  /** Goes on where an answer is there, or the time is over. */
  void look(Executor threads, long now) throws IOException {
    if (phase == Phase.WAITING) {
      answerBy(threads);
    }
    ByteBuffer made = answer;
    if (phase == Phase.ANSWERED && made != null) {
      answer = null;
      write(made);
    }
    if (phase != Phase.WAITING && phase != Phase.ANSWERED && now - deadline > 0) {
      timeOut();
    }
  }

  private void timeOut() throws IOException {
    if (phase == Phase.BODY || phase == Phase.HEAD && received != null) {
      refuse(ApiError.tooSlow(patience));
    } else {
      close();
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
      old = ByteBuffer.allocate(size).put(old == null ? CUT.duplicate() : old.flip());
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
    isKnown = isKnown || admitted.isKnown();
    admission = admitted;
    closesAfter = !head.keepsAlive();
    body = new IncomingBody(head, admitted.largestBody());
    phase = Phase.BODY;
    deadline = System.nanoTime() + patience.toNanos();
    if (head.expectsContinue() && !rest.hasRemaining() && head.bodyLength() != 0) {
      channel.write(ByteBuffer.wrap(CONTINUE));
    }
    readBody(rest);
  }

  private void readBody(ByteBuffer bytes) throws IOException {
    IncomingBody incoming = body;
    if (incoming == null) {
      throw new IllegalStateException("No body is expected.");
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
    phase = Phase.WAITING;
    key.interestOps(0);
  }

  private void answerBy(Executor threads) throws IOException {
    Admission admitted = admission;
    IncomingBody complete = body;
    if (admitted == null || complete == null) {
      throw new IllegalStateException("There is no request.");
    }
    try {
      threads.execute(() -> answer(admitted, complete.bytes()));
      body = null;
      phase = Phase.ANSWERED;
    } catch (RejectedExecutionException allAreBusy) {
      // It is looked at again.
      phase = Phase.WAITING;
    } catch (OutOfMemoryError e) {
      // No thread is to be had. The request goes, and not the emulator.
      refuse(ApiError.noThread());
    }
  }

  private void answer(Admission admitted, byte[] complete) {
    ByteBuffer made = CUT;
    try {
      Response response = dispatcher.answer(admitted, complete);
      if (response != Response.CUT) {
        made = ResponseBytes.of(response, method, closesAfter);
      }
    } finally {
      answer = made;
      key.selector().wakeup();
    }
  }

  private void refuse(ApiError error) throws IOException {
    closesAfter = true;
    write(ResponseBytes.of(error.response(), method, true));
  }

  private void write(ByteBuffer bytes) throws IOException {
    if (bytes == CUT) {
      close();
      return;
    }
    admission = null;
    body = null;
    out = bytes;
    phase = Phase.WRITING;
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
      key.interestOps(SelectionKey.OP_WRITE);
      return;
    }
    out = null;
    if (closesAfter) {
      received = null;
      channel.shutdownOutput();
      enter(Phase.LINGERING, LINGER_NANOS);
    } else {
      enter(Phase.HEAD, received == null ? IDLE_NANOS : patience.toNanos());
      read();
    }
  }

  private void enter(Phase next, long nanos) {
    phase = next;
    deadline = System.nanoTime() + nanos;
    key.interestOps(SelectionKey.OP_READ);
  }

  private void discard(int count) {
    discarded += count;
    if (discarded > DISCARDED_AT_MOST) {
      close();
    }
  }
}
