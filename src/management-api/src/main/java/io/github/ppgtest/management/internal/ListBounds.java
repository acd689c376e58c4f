package io.github.ppgtest.management.internal;

import io.github.ppgtest.management.Page;
import io.github.ppgtest.management.PageRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** The bounds of a list, from its first page to its last. For one thread. */
final class ListBounds {
  /** With the usual 100 items in each, far more than a workspace has. */
  private static final int MOST_PAGES = 1_000;

  /** For the answers alone, without the caller's work between them. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Set<String> cursors = new HashSet<>();
  private int pages;
  private Duration waited = Duration.ZERO;

  /** Returns what the next page may take of a time that a call has. */
  Duration within(Duration timeout) {
    Duration left = LONGEST.minus(waited);
    return left.compareTo(timeout) < 0 ? left : timeout;
  }

  /**
   * Checks one more page.
   *
   * @param took the duration of its answer
   */
  void check(Page<?> page, PageRequest request, Duration took) {
    pages++;
    waited = waited.plus(took);
    String next = page.nextCursor();
    if (!page.hasMore() || next == null) {
      return;
    }
    if (next.equals(request.cursor())) {
      throw new UnexpectedShapeException("pagination.nextCursor is the cursor of the page itself");
    }
    if (!cursors.add(next)) {
      throw new UnexpectedShapeException("pagination.nextCursor leads back to an earlier page");
    }
    if (pages == MOST_PAGES) {
      throw new UnexpectedShapeException("the list has more than %d pages".formatted(MOST_PAGES));
    }
    if (waited.compareTo(LONGEST) > 0) {
      throw new UnexpectedShapeException(
          "the list has more than the %d pages that came within %s"
              .formatted(pages, Times.of(LONGEST)));
    }
  }
}
