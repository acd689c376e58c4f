package io.github.ppgtest.emulator.internal.faults;

import io.github.ppgtest.emulator.internal.state.Region;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The regions that are unavailable. Thread-safe. */
public final class RegionFaults {
  private final List<Entry> entries = new CopyOnWriteArrayList<>();

  public void add(Region region, FaultCounter counter) {
    Entry entry = new Entry(region, counter);
    entries.add(entry);
    counter.atEnd(() -> entries.remove(entry));
  }

  public boolean isUnavailable(Region region) {
    return entries.stream().anyMatch(entry -> entry.region == region && entry.counter.areLeft());
  }

  /** Returns whether a creation in this region is refused, and counts the refusal. */
  public boolean strike(Region region) {
    return entries.stream().anyMatch(entry -> entry.region == region && entry.counter.strike());
  }

  private record Entry(Region region, FaultCounter counter) {}
}
