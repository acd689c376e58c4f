package io.github.ppgtest.emulator.internal.faults;

import io.github.ppgtest.emulator.internal.state.Fate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The faults of provisioning, of which the one injected first strikes. Thread-safe. */
public final class ProvisioningFaults implements Fate {

  /** A way in which provisioning goes wrong. */
  public enum Kind {
    /** It lasts until the fault ends. */
    ENDLESS,
    /** It fails. */
    FAILURE
  }

  private final List<Entry> entries = new CopyOnWriteArrayList<>();

  public void add(Kind kind, Strikes strikes) {
    Entry entry = new Entry(kind, strikes);
    entries.add(entry);
    strikes.atEnd(() -> entries.remove(entry));
  }

  @Override
  public void decide(Runnable provision, Runnable fail) {
    for (Entry entry : entries) {
      if (entry.strikes.strike()) {
        switch (entry.kind) {
          case ENDLESS -> entry.strikes.atEnd(provision);
          case FAILURE -> fail.run();
        }
        return;
      }
    }
    provision.run();
  }

  private record Entry(Kind kind, Strikes strikes) {}
}
