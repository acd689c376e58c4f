package io.github.ppgtest.emulator.internal.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A status and what is written as JSON below it; null writes no body. */
public record Response(int status, @Nullable Object body, Map<String, String> headers) {
  public Response {
    headers = Map.copyOf(headers);
  }

  /** No answer at all: the connection is closed. */
  public static final Response CUT = new Response(0, null, Map.of());

  public static Response data(int status, Object data) {
    return new Response(status, new Data(data), Map.of());
  }

  /** One page of a list; {@code nextCursor} is null on the last. */
  public static Response page(List<?> data, @Nullable String nextCursor) {
    return new Response(
        200, new Paged(data, new Pagination(nextCursor, nextCursor != null)), Map.of());
  }

  /** A body without the envelope around it. */
  public static Response bare(int status, Object body) {
    return new Response(status, body, Map.of());
  }

  /** A page for a person's browser. */
  public static Response html(int status, String html) {
    return new Response(status, new Page(html), Map.of());
  }

  /** Sends a browser on to another address. */
  public static Response redirect(String location) {
    return new Response(302, null, Map.of("Location", location));
  }

  public static Response noContent() {
    return new Response(204, null, Map.of());
  }

  /** Leaves the body out: it may hold a connection string. */
  @Override
  public String toString() {
    return "Response[status=%d]".formatted(status);
  }

  record Page(String html) {}

  private record Data(Object data) {}

  private record Paged(List<?> data, Pagination pagination) {}

  private record Pagination(@Nullable String nextCursor, boolean hasMore) {}
}
