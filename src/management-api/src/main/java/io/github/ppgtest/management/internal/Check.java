package io.github.ppgtest.management.internal;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The checks of arguments of records and requests. */
public final class Check {
  private Check() {}

  /** Returns {@code value}, which must be there and hold more than blanks. */
  public static String text(String value, String name) {
    Objects.requireNonNull(value, name);
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + " must not be blank");
    }
    return value;
  }

  /** Returns {@code value}, which may be absent but, if there, must hold more than blanks. */
  public static @Nullable String optionalText(@Nullable String value, String name) {
    return value == null ? null : text(value, name);
  }
}
