package io.github.ppgtest.emulator;

import io.github.ppgtest.emulator.internal.postgres.CannotRunHereException;
import java.util.stream.Stream;

/**
 * Thrown when an emulator could not be started. Nothing is left running by then.
 *
 * @since 0.1.0
 */
public final class EmulatorStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Whether a further attempt is of no use. */
  private final boolean isPermanent;

  EmulatorStartException(String message, Throwable cause) {
    super(PrintableText.of(message), cause);
    this.isPermanent =
        Stream.iterate(cause, each -> each != null, Throwable::getCause)
            .anyMatch(CannotRunHereException.class::isInstance);
  }

  /**
   * Returns whether the cause is permanent in this JVM: something is missing, forbidden or of
   * another version. False for what may pass, such as a full disk, and where that is not known.
   */
  public boolean isPermanent() {
    return isPermanent;
  }
}
