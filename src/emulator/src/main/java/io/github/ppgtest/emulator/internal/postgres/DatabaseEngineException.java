package io.github.ppgtest.emulator.internal.postgres;

import io.github.ppgtest.emulator.PrintableText;
import org.jspecify.annotations.Nullable;

/** Thrown when the database server behind the emulator could not do as asked. */
public class DatabaseEngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DatabaseEngineException(String message, @Nullable Throwable cause) {
    super(PrintableText.of(message), cause);
  }
}
