package io.github.ppgtest.management.internal;

import io.github.ppgtest.management.Page;
import io.github.ppgtest.management.PageRequest;
import java.util.Collections;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A list page by page, which requests a page only when its first item is needed. */
final class Pages<T> extends AbstractSpliterator<T> {
  private final Function<PageRequest, Page<T>> source;
  private @Nullable PageRequest next = PageRequest.first();
  private Iterator<T> items = Collections.emptyIterator();

  private Pages(Function<PageRequest, Page<T>> source) {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    this.source = source;
  }

  static <T> Stream<T> stream(Function<PageRequest, Page<T>> source) {
    return StreamSupport.stream(new Pages<>(source), false);
  }

  @Override
  public boolean tryAdvance(Consumer<? super T> action) {
    while (!items.hasNext()) {
      PageRequest request = next;
      if (request == null) {
        return false;
      }
      Page<T> page = source.apply(request);
      items = page.items().iterator();
      next = page.next(request).orElse(null);
    }
    action.accept(items.next());
    return true;
  }
}
