package io.github.ppgtest.emulator.internal.state;

import java.util.Locale;

/** The status of a database. */
public enum DatabaseStatus {
  PROVISIONING,
  READY,
  RECOVERING,
  FAILURE;

  /** Returns the API's word for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
