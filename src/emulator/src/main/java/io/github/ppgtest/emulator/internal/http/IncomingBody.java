package io.github.ppgtest.emulator.internal.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** The body of a request as it comes in: of a length that is known, or in chunks. */
final class IncomingBody {
  /** A line with a chunk's length, and all that may stand behind the last one. */
  private static final int LONGEST_LINES = 1024;

  private enum Part {
    CONTENT,
    LENGTH,
    END_OF_CHUNK,
    TRAILER,
    NOTHING
  }

  private final Admission request;
  private final int limit;
  private final boolean isChunked;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream(0);
  private final StringBuilder line = new StringBuilder();
  private Part part;

  /** Of the content, or of the chunk. */
  private long left;

  /**
   * Expects the body that a request's head announces.
   *
   * @throws ApiError 413 where that is more than it may have
   */
  IncomingBody(Admission request) {
    RequestHead head = request.head();
    this.request = request;
    this.limit = request.largestBody();
    this.isChunked = head.bodyLength() < 0;
    this.left = Math.max(0, head.bodyLength());
    this.part = isChunked ? Part.LENGTH : left == 0 ? Part.NOTHING : Part.CONTENT;
    checkSize();
  }

  private void checkSize() {
    if (content.size() + left > limit) {
      throw ApiError.tooLarge(limit);
    }
  }

  /**
   * Takes what belongs to it, and leaves the rest.
   *
   * @return whether it is complete
   * @throws ApiError 413 where it gets too large, 400 where its chunks are malformed
   */
  boolean take(ByteBuffer bytes) {
    while (part != Part.NOTHING && bytes.hasRemaining()) {
      if (part == Part.CONTENT) {
        takeContent(bytes);
      } else {
        takeOfALine((char) (bytes.get() & 0xff));
      }
    }
    return part == Part.NOTHING;
  }

  private void takeContent(ByteBuffer bytes) {
    byte[] taken = new byte[(int) Math.min(left, bytes.remaining())];
    bytes.get(taken);
    content.write(taken, 0, taken.length);
    left -= taken.length;
    if (left == 0) {
      part = isChunked ? Part.END_OF_CHUNK : Part.NOTHING;
    }
  }

  private void takeOfALine(char c) {
    if (line.append(c).length() > LONGEST_LINES) {
      throw malformed();
    }
    if (c != '\n') {
      return;
    }
    if (line.length() < 2 || line.charAt(line.length() - 2) != '\r') {
      throw malformed();
    }
    String text = line.substring(0, line.length() - 2);
    line.setLength(0);
    endLine(text);
  }

  private void endLine(String text) {
    switch (part) {
      case LENGTH -> {
        left = length(text);
        checkSize();
        part = left == 0 ? Part.TRAILER : Part.CONTENT;
      }
      case END_OF_CHUNK -> {
        if (!text.isEmpty()) {
          throw malformed();
        }
        part = Part.LENGTH;
      }
      default -> {
        if (text.isEmpty()) {
          part = Part.NOTHING;
        } else {
          throw malformed();
        }
      }
    }
  }

  /** Nothing sends trailers or extensions of chunks to an API. */
  private static long length(String text) {
    if (text.isEmpty() || text.length() > 8 || !text.matches("[0-9A-Fa-f]+")) {
      throw malformed();
    }
    return Long.parseLong(text, 16);
  }

  private static ApiError malformed() {
    return ApiError.malformed("The chunks of its body are malformed.");
  }

  Admission request() {
    return request;
  }

  byte[] bytes() {
    return content.toByteArray();
  }
}
