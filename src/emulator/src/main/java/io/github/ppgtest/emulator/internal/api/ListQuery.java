package io.github.ppgtest.emulator.internal.api;

import io.github.ppgtest.emulator.internal.http.ApiError;
import io.github.ppgtest.emulator.internal.http.Request;
import io.github.ppgtest.emulator.internal.http.Response;
import io.github.ppgtest.emulator.internal.state.Page;
import io.github.ppgtest.emulator.internal.state.PageRequest;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The paging of lists. A cursor names the place of the last resource shown, and so stays valid
 * where that resource has been deleted.
 */
final class ListQuery {
  private static final int DEFAULT_LIMIT = 100;
  private static final String CURSOR_PREFIX = "after_";

  /** Twelve digits to the base 36 fit into a long. */
  private static final Pattern CURSOR = Pattern.compile(CURSOR_PREFIX + "[0-9a-z]{1,12}");

  private ListQuery() {}

  static PageRequest of(Request request) {
    return new PageRequest(
        request.query("cursor").map(ListQuery::place).orElse(0L),
        limit(request).orElse(DEFAULT_LIMIT));
  }

  /** Reads the limit of a page; empty where the request has none. */
  static Optional<Integer> limit(Request request) {
    return request.query("limit").map(ListQuery::limit);
  }

  /** Reads the filter by an id; an id of another kind can only be a mistake. */
  static Optional<String> id(Request request, String name, String prefix) {
    Optional<String> id = request.query(name);
    id.filter(value -> !value.startsWith(prefix))
        .ifPresent(
            value -> {
              throw invalid(
                  name,
                  "%s is no such id: it starts with %s."
                      .formatted(ApiError.quote(value), ApiError.quote(prefix)));
            });
    return id;
  }

  static <T> Response answer(Page<T> page, Function<? super T, ?> view) {
    String next = page.hasMore() ? CURSOR_PREFIX + Long.toString(page.last(), 36) : null;
    return Response.page(page.<Object>map(view).items(), next);
  }

  private static long place(String cursor) {
    if (CURSOR.matcher(cursor).matches()) {
      return Long.parseLong(cursor.substring(CURSOR_PREFIX.length()), 36);
    }
    throw invalid(
        "cursor",
        "%s is no cursor: take `pagination.nextCursor` of the page before."
            .formatted(ApiError.quote(cursor)));
  }

  private static int limit(String limit) {
    if (limit.matches("[1-9][0-9]{0,2}") && Integer.parseInt(limit) <= 100) {
      return Integer.parseInt(limit);
    }
    throw invalid(
        "limit", "must be a whole number from 1 to 100, not " + ApiError.quote(limit) + ".");
  }

  private static ApiError invalid(String field, String problem) {
    return ApiError.invalid(ApiError.UNPROCESSABLE, field, problem);
  }
}
