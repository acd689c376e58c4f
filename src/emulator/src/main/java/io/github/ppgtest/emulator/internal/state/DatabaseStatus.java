package io.github.ppgtest.emulator.internal.state;

import java.util.Locale;

/** How far a database is. */
public enum DatabaseStatus {
  PROVISIONING,
  READY,
  RECOVERING,
  FAILURE;

  /** Returns the word that the API has for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
