package io.github.ppgtest.emulator;

import io.github.ppgtest.emulator.internal.postgres.CannotRunHereException;
import java.util.stream.Stream;

/**
 * Says why an emulator could not be started. Nothing is left running by then.
 *
 * @since 0.1.0
 */
public final class EmulatorStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Whether it was of no use to try again. */
  private final boolean isPermanent;

  EmulatorStartException(String message, Throwable cause) {
    super(PrintableText.of(message), cause);
    this.isPermanent =
        Stream.iterate(cause, each -> each != null, Throwable::getCause)
            .anyMatch(CannotRunHereException.class::isInstance);
  }

  /**
   * Returns whether an emulator with these settings cannot start in this JVM however often that is
   * tried, since something is missing, forbidden or of another version; false for what may pass,
   * such as a full disk, and where that is not known.
   */
  public boolean isPermanent() {
    return isPermanent;
  }
}
