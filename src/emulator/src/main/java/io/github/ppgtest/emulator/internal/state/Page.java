package io.github.ppgtest.emulator.internal.state;

import java.util.List;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param last the place of the last resource that was checked, where the next page goes on
 * @param hasMore whether there are resources behind it
 */
public record Page<T>(List<T> items, long last, boolean hasMore) {
  public Page {
    items = List.copyOf(items);
  }

  static <T extends Resource> Page<T> of(List<T> items, int limit) {
    boolean hasMore = items.size() > limit;
    List<T> shown = hasMore ? items.subList(0, limit) : items;
    return new Page<>(shown, shown.isEmpty() ? 0 : shown.get(shown.size() - 1).sequence(), hasMore);
  }

  public <R> Page<R> map(Function<? super T, ? extends R> mapping) {
    return new Page<>(items.stream().<R>map(mapping).toList(), last, hasMore);
  }
}
