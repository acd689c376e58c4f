package io.github.ppgtest.emulator.internal.postgres;

import io.github.ppgtest.emulator.PrintableText;
import org.jspecify.annotations.Nullable;

/** The database server behind the emulator could not do what was asked. */
public class DatabaseEngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DatabaseEngineException(String message, @Nullable Throwable cause) {
    super(PrintableText.of(message), cause);
  }
}
