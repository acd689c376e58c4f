package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.Check;
import org.jspecify.annotations.Nullable;

/**
 * A request for one page of a list. Immutable.
 *
 * <pre>{@code
 * Page<Project> first = api.projects().list(PageRequest.first().limit(20));
 * }</pre>
 *
 * @param cursor where the page begins, or null for the first
 * @param limit the most items on it, at least 1
 * @since 0.1.0
 */
public record PageRequest(@Nullable String cursor, int limit) {
  private static final int DEFAULT_LIMIT = 100;

  /** Checks the parts. */
  public PageRequest {
    Check.optionalText(cursor, "cursor");
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1 but is " + limit);
    }
  }

  /**
   * Asks for the first page, of 100 items at most.
   *
   * @return that request
   */
  public static PageRequest first() {
    return new PageRequest(null, DEFAULT_LIMIT);
  }

  /**
   * Asks for the page that begins at a cursor.
   *
   * @param nextCursor from {@link Page#nextCursor()}; never blank
   * @return a copy with that cursor
   */
  public PageRequest after(String nextCursor) {
    return new PageRequest(Check.text(nextCursor, "nextCursor"), limit);
  }

  /**
   * Asks for pages of another size.
   *
   * @param items the most items on a page, at least 1
   * @return a copy with that limit
   */
  public PageRequest limit(int items) {
    return new PageRequest(cursor, items);
  }
}
