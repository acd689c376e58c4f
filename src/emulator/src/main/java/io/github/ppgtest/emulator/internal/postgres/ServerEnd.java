package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Explains why a server has ended that its emulator has not. */
final class ServerEnd {
  private static final int LINES = 6;
  private static final int LONGEST_LINE = 300;

  /** Messages to quote, without details and continued lines, which may quote a statement. */
  private static final Pattern TOLD =
      Pattern.compile("^\\S+ \\S+ \\S+ \\[\\d+\\] (?:LOG|FATAL|PANIC|HINT):  .*|^\\w+: .*");

  private static final Pattern KILLED_PROCESS =
      Pattern.compile("\\(PID (\\d+)\\) was terminated by (signal \\d+[^\n]*)");

  private static final Pattern REQUEST =
      Pattern.compile("received (?:smart|fast|immediate) shutdown request");

  private static final String BY_WHOM =
      "by another process or, where memory runs out, by the system (see its log, and the limit of"
          + " the container)";

  /** A shell's exit status of a program that a signal has ended: its number and this. */
  private static final int OF_SIGNAL = 128;

  private static final int SIGKILL = 9;

  private static final List<String> SIGNALS =
      List.of(
          "1 SIGHUP",
          "2 SIGINT",
          "3 SIGQUIT",
          "6 SIGABRT",
          "9 SIGKILL",
          "11 SIGSEGV",
          "15 SIGTERM");

  private ServerEnd() {}

  /**
   * Returns why a server has ended.
   *
   * @param status its exit status; empty where it is not known
   */
  static String of(InstanceDirectory instance, OptionalInt status) {
    if (!Files.isDirectory(instance.data())) {
      return "Its directory " + instance.data() + " was deleted.";
    }
    if (!Files.isDirectory(instance.data().resolve(ServerProcess.DATABASES))) {
      return "Its directory " + instance.data() + " was deleted in part.";
    }
    return cause(trusted(instance.log()), instance.data(), status) + lastLines(instance.log());
  }

  /** Returns whether another process has ended a server, or one of its processes. */
  static boolean isOfOthers(InstanceDirectory instance, OptionalInt status) {
    String log = trusted(instance.log());
    Matcher killed = KILLED_PROCESS.matcher(log);
    return status.isPresent() && status.getAsInt() == OF_SIGNAL + SIGKILL
        || killed.find() && killed.group(2).startsWith("signal " + SIGKILL + ":")
        || REQUEST.matcher(log).find();
  }

  private static String cause(String log, Path data, OptionalInt status) {
    if (DiskSpace.isMissingIn(log) || DiskSpace.isMissingAt(data)) {
      return DiskSpace.advice(data);
    }
    Matcher killed = KILLED_PROCESS.matcher(log);
    if (killed.find()) {
      return "Its process %s was ended by %s, %s; PostgreSQL ends with it, as what others had just committed may be lost."
          .formatted(killed.group(1), killed.group(2), BY_WHOM);
    }
    if (REQUEST.matcher(log).find()) {
      return "Another process told it to end.";
    }
    if (status.isEmpty()) {
      return "How is not known.";
    }
    int code = status.getAsInt();
    return code > OF_SIGNAL
        ? "It was ended by signal %s, %s.".formatted(signal(code - OF_SIGNAL), BY_WHOM)
        : "Its exit status is %d.".formatted(code);
  }

  private static String signal(int number) {
    return SIGNALS.stream()
        .filter(name -> name.startsWith(number + " "))
        .findFirst()
        .orElse(Integer.toString(number));
  }

  /** Quotes the end of a log, for a message. */
  static String lastLines(Path log) {
    return lastLines(tail(log));
  }

  private static String lastLines(String log) {
    List<String> told = new ArrayList<>(log.lines().filter(ServerEnd::isTold).toList());
    List<String> last = told.subList(Math.max(0, told.size() - LINES), told.size());
    last.replaceAll(
        line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line);
    return last.isEmpty()
        ? " Its log is empty."
        : " The last lines of its log:\n  " + String.join("\n  ", last);
  }

  private static boolean isTold(String line) {
    return TOLD.matcher(line).matches();
  }

  private static String tail(Path log) {
    return end(log, ServerLog.Part::text);
  }

  private static String trusted(Path log) {
    return end(log, part -> String.join("\n", ServerLog.trusted(log, part)));
  }

  private interface Reading {
    String of(ServerLog.Part end) throws IOException;
  }

  private static String end(Path log, Reading reading) {
    try {
      return reading.of(ServerLog.after(log, 0));
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
