package io.github.ppgtest.emulator.internal.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.TokenStreamLocation;

/**
 * Thrown for malformed JSON; says where it stops being JSON. It carries neither the parser's
 * message nor the parser's exception: both quote the input, which may hold a secret.
 */
public final class MalformedJsonException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedJsonException(@Nullable TokenStreamLocation location) {
    super(
        location == null
            ? "The text is not JSON."
            : "The text is not JSON at line %d, column %d."
                .formatted(location.getLineNr(), location.getColumnNr()));
  }
}
