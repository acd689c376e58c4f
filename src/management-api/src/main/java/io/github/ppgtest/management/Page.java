package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.Check;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list. Immutable.
 *
 * @param items what is on the page; may be empty
 * @param nextCursor where the next page begins, or null after the last
 * @param hasMore whether another page follows; then {@code nextCursor} is there
 * @param <T> the resource
 * @since 0.1.0
 */
public record Page<T>(List<T> items, @Nullable String nextCursor, boolean hasMore) {
  /** Checks the parts and copies the list. */
  public Page {
    items = List.copyOf(items);
    if (hasMore) {
      Check.text(
          Objects.requireNonNull(nextCursor, "a page with more needs a nextCursor"), "nextCursor");
    }
  }

  /**
   * Returns the request for the page after this one.
   *
   * @param request the request this page answered; its limit is kept
   * @return the next request, or empty after the last page
   */
  public Optional<PageRequest> next(PageRequest request) {
    return hasMore && nextCursor != null
        ? Optional.of(request.after(nextCursor))
        : Optional.empty();
  }
}
