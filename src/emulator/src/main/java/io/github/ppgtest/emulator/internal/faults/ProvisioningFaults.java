package io.github.ppgtest.emulator.internal.faults;

import io.github.ppgtest.emulator.internal.state.ProvisioningHook;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The faults of provisioning, of which the one injected first strikes. Thread-safe. */
public final class ProvisioningFaults implements ProvisioningHook {

  /** A way in which provisioning goes wrong. */
  public enum Kind {
    /** It lasts until the fault ends. */
    ENDLESS,
    /** It fails. */
    FAILURE
  }

  private final List<Entry> entries = new CopyOnWriteArrayList<>();

  public void add(Kind kind, FaultCounter counter) {
    Entry entry = new Entry(kind, counter);
    entries.add(entry);
    counter.atEnd(() -> entries.remove(entry));
  }

  @Override
  public void decide(Runnable provision, Runnable fail) {
    for (Entry entry : entries) {
      if (entry.counter.strike()) {
        switch (entry.kind) {
          case ENDLESS -> entry.counter.atEnd(provision);
          case FAILURE -> fail.run();
        }
        return;
      }
    }
    provision.run();
  }

  private record Entry(Kind kind, FaultCounter counter) {}
}
