package io.github.ppgtest.emulator;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.FormattingTuple;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPLoggerFactory;

/**
 * A logger of SLF4J that is not mute where SLF4J has no provider: there its warnings, errors and
 * notices go to standard error, since a database that is kept or could not be deleted costs a user
 * something. A provider decides by itself. Control characters in values are escaped, see {@link
 * PrintableText}. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class UserLog {
  private final Logger logger;

  private UserLog(Logger logger) {
    this.logger = logger;
  }

  /**
   * Returns a logger.
   *
   * @param name as SLF4J knows it; not null
   */
  public static UserLog of(String name) {
    return new UserLog(LoggerFactory.getLogger(name));
  }

  /**
   * A value that is logged as it is, such as one with the marks by which a CI system folds lines.
   *
   * @param text what to log; nothing in it comes from elsewhere unescaped
   * @since 0.1.0
   */
  public record AsIs(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * Logs for debugging; {@code values} stand in the place of {@code {}}, the last one may be the
   * cause.
   */
  public void debug(String message, Object... values) {
    if (logger.isDebugEnabled()) {
      logger.debug(message, printable(values));
    }
  }

  /** Logs the normal course. */
  public void info(String message, Object... values) {
    if (logger.isInfoEnabled()) {
      logger.info(message, printable(values));
    }
  }

  /** Logs, as information, a cost that the user would not see otherwise. */
  public void notice(String message, Object... values) {
    Object[] printable = printable(values);
    logger.info(message, printable);
    printWithoutProvider(message, printable);
  }

  /** Logs a problem. */
  public void warn(String message, Object... values) {
    Object[] printable = printable(values);
    logger.warn(message, printable);
    printWithoutProvider(message, printable);
  }

  /** Logs a failure. */
  public void error(String message, Object... values) {
    Object[] printable = printable(values);
    logger.error(message, printable);
    printWithoutProvider(message, printable);
  }

  /**
   * Escapes values, except for exceptions, which are logged with their traces, and {@link AsIs}.
   */
  private static Object[] printable(Object... values) {
    return Arrays.stream(values)
        .map(
            value ->
                value instanceof Throwable || value instanceof AsIs
                    ? value
                    : PrintableText.of(String.valueOf(value)))
        .toArray();
  }

  private static void printWithoutProvider(String message, Object... values) {
    // Asked each time: while SLF4J looks for a provider, loggers are stand-ins.
    if (!(LoggerFactory.getILoggerFactory() instanceof NOPLoggerFactory)) {
      return;
    }
    FormattingTuple formatted = MessageFormatter.arrayFormat(message, values);
    StringBuilder text = new StringBuilder("ppgtest: ").append(formatted.getMessage());
    for (Throwable why = formatted.getThrowable(); why != null; why = why.getCause()) {
      // Most messages quote their cause's.
      if (why.getMessage() == null || text.indexOf(why.getMessage()) < 0) {
        text.append("\n  because of ").append(PrintableText.of(why.toString()));
      }
    }
    errorStream().println(text);
  }

  /**
   * Returns the process's own stream at the end of the JVM: Surefire's replacement takes nothing
   * then.
   */
  private static PrintStream errorStream() {
    try {
      Runtime.getRuntime().removeShutdownHook(new Thread());
      return System.err;
    } catch (IllegalStateException isEnding) {
      return new PrintStream(new FileOutputStream(FileDescriptor.err), true);
    }
  }
}
