package io.github.ppgtest.emulator.internal.state;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The resources of one kind, in the order of their creation. Not safe for use by many threads. */
final class Table<T extends Resource> {
  private final TreeMap<Long, T> inOrder = new TreeMap<>();
  private final Map<String, Long> sequences = new HashMap<>();
  private long lastSequence;

  long nextSequence() {
    return ++lastSequence;
  }

  /** Adds a resource, or replaces the one with the same id. */
  void put(T resource) {
    inOrder.put(resource.sequence(), resource);
    sequences.put(resource.id(), resource.sequence());
  }

  Optional<T> find(String id) {
    return Optional.ofNullable(sequences.get(id)).map(inOrder::get);
  }

  void remove(String id) {
    Long sequence = sequences.remove(id);
    if (sequence != null) {
      inOrder.remove(sequence);
    }
  }

  List<T> list(Predicate<? super T> filter) {
    return inOrder.values().stream().<T>filter(filter).toList();
  }

  /** Returns at most {@code limit} resources after a place that pass the filter. */
  List<T> listAfter(long sequence, int limit, Predicate<? super T> filter) {
    return inOrder.tailMap(sequence, false).values().stream()
        .<T>filter(filter)
        .limit(limit)
        .toList();
  }
}
