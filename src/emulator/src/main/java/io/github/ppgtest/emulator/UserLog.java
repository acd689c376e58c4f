package io.github.ppgtest.emulator;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.FormattingTuple;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPLoggerFactory;

/**
 * A logger of SLF4J that is not mute where SLF4J has no provider: there its warnings, errors and
 * notices go to standard error, since a database that is kept or could not be deleted costs a user
 * something. Where a build leaves out SLF4J itself, too: the fixture refuses that, and its message
 * is to be seen. A provider decides by itself. Control characters in values are escaped, see {@link
 * PrintableText}. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class UserLog {
  /** SLF4J's may not be there. */
  private enum Level {
    INFO,
    WARN,
    ERROR
  }

  private final @Nullable Logger logger;

  private UserLog(@Nullable Logger logger) {
    this.logger = logger;
  }

  /**
   * Returns a logger.
   *
   * @param name as SLF4J knows it; not null
   */
  public static UserLog of(String name) {
    try {
      return new UserLog(LoggerFactory.getLogger(name));
    } catch (NoClassDefFoundError e) {
      return new UserLog(null);
    }
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
    if (logger != null && logger.isDebugEnabled()) {
      logger.debug(message, printable(values));
    }
  }

  /** Logs the normal course. */
  public void info(String message, Object... values) {
    if (logger != null && logger.isInfoEnabled()) {
      logger.info(message, printable(values));
    }
  }

  /** Logs, as information, a cost that the user would not see otherwise. */
  public void notice(String message, Object... values) {
    tell(Level.INFO, message, values);
  }

  /** Logs a problem in words; a stack trace is logged for debugging only. */
  public void warn(String message, Object... values) {
    tell(Level.WARN, message, values);
  }

  /** Logs a failure, likewise. */
  public void error(String message, Object... values) {
    tell(Level.ERROR, message, values);
  }

  private void tell(Level level, String message, Object... values) {
    if (logger == null) {
      String format = message.replace("%", "%%").replace("{}", "%s");
      errorStream().println("ppgtest: " + format.formatted(printable(values)));
      return;
    }
    FormattingTuple formatted = MessageFormatter.arrayFormat(message, printable(values));
    String text = because(formatted);
    switch (level) {
      case INFO -> logger.info(text);
      case WARN -> logger.warn(text);
      case ERROR -> logger.error(text);
    }
    if (formatted.getThrowable() != null) {
      logger.debug("The stack trace of what failed", formatted.getThrowable());
    }
    // Asked each time: while SLF4J looks for a provider, loggers are stand-ins.
    if (LoggerFactory.getILoggerFactory() instanceof NOPLoggerFactory) {
      errorStream().println("ppgtest: " + text);
    }
  }

  /** Leaves an exception at the end, which is why, and what a log is told of itself. */
  private static Object[] printable(Object... values) {
    Object[] printable = values.clone();
    for (int i = 0; i < values.length; i++) {
      boolean isWhy = i == values.length - 1 && values[i] instanceof Throwable;
      if (!isWhy && !(values[i] instanceof AsIs)) {
        printable[i] = PrintableText.of(String.valueOf(values[i]));
      }
    }
    return printable;
  }

  private static String because(FormattingTuple formatted) {
    StringBuilder text = new StringBuilder(String.valueOf(formatted.getMessage()));
    for (Throwable why = formatted.getThrowable(); why != null; why = why.getCause()) {
      String reason = why.getMessage() == null ? null : PrintableText.of(why.getMessage());
      // Most messages quote theirs.
      if (reason == null || text.indexOf(reason) < 0) {
        text.append("\n  because of ").append(PrintableText.of(why.toString()));
      }
    }
    return text.toString();
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
