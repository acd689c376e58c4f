package io.github.ppgtest.emulator.internal.http;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What a client has sent of the next requests, until the head of one is complete. */
final class ReceivedBytes {
  private static final int FIRST_BUFFER = 1024;
  private static final int END = 4;

  /** Ready to be added to; null where there is nothing. */
  private @Nullable ByteBuffer buffer;

  /** How much of that has been searched for the end of a head. */
  private int searched;

  boolean isEmpty() {
    return buffer == null;
  }

  void add(ByteBuffer bytes) {
    // RFC 9112, 2.2: some clients end a body, or begin a request, with an empty line.
    while (buffer == null && bytes.hasRemaining() && isLineEnd(bytes.get(bytes.position()))) {
      bytes.get();
    }
    if (bytes.hasRemaining()) {
      buffer = withRoomFor(bytes.remaining()).put(bytes);
    }
  }

  private static boolean isLineEnd(byte b) {
    return b == '\r' || b == '\n';
  }

  private ByteBuffer withRoomFor(int count) {
    ByteBuffer old = buffer;
    if (old != null && old.remaining() >= count) {
      return old;
    }
    int had = old == null ? 0 : old.position();
    ByteBuffer larger =
        ByteBuffer.allocate(Math.max(FIRST_BUFFER, Integer.highestOneBit(had + count) << 1));
    return old == null ? larger : larger.put(old.flip());
  }

  /**
   * Returns the next head, without its empty line; null where it is not complete.
   *
   * @throws ApiError 431 where it is too large
   */
  byte @Nullable [] head() {
    ByteBuffer bytes = buffer;
    if (bytes == null) {
      return null;
    }
    for (; searched + END <= bytes.position(); searched++) {
      if (searched > RequestHead.LARGEST) {
        throw ApiError.headTooLarge();
      }
      if (bytes.get(searched) == '\r'
          && bytes.get(searched + 1) == '\n'
          && bytes.get(searched + 2) == '\r'
          && bytes.get(searched + 3) == '\n') {
        byte[] head = new byte[searched];
        bytes.get(0, head);
        return head;
      }
    }
    return null;
  }

  /** Gives away what is behind the head that was found, and begins anew. */
  ByteBuffer takeRest() {
    ByteBuffer bytes = buffer;
    int end = searched + END;
    clear();
    return bytes == null ? ResponseBytes.NONE.duplicate() : bytes.flip().position(end);
  }

  void clear() {
    buffer = null;
    searched = 0;
  }
}
