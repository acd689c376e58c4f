package io.github.ppgtest.leaktests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The processes of a victim, dead or alive: those that have its directory's name about them. */
final class Processes {
  private static final Path PROC = Path.of("/proc");

  /**
   * One of them.
   *
   * @param pid its number
   * @param command its command line
   */
  record Found(long pid, String command) {

    /** Whether it is what cleans up when the victim is dead. */
    boolean isWatchdog() {
      return command.contains(".internal.cleanup.watchdog.");
    }

    @Override
    public String toString() {
      String shown =
          command.length() > 300 ? "…" + command.substring(command.length() - 300) : command;
      return "process %d: %s".formatted(pid, shown);
    }
  }

  private Processes() {}

  /**
   * Finds those that have one of these texts in their environment, their arguments or the name of
   * the directory in which they are, and that are not this process.
   */
  static List<Found> with(List<String> marks) throws IOException {
    List<Found> found = new ArrayList<>();
    try (Stream<Path> entries = Files.list(PROC)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        if (name.matches("\\d+") && Long.parseLong(name) != ProcessHandle.current().pid()) {
          look(entry, marks).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  private static Optional<Found> look(Path entry, List<String> marks) {
    try {
      String command = text(entry.resolve("cmdline"));
      // PostgreSQL's sessions write what they do over their environment.
      String about =
          command + text(entry.resolve("environ")) + Files.readSymbolicLink(entry.resolve("cwd"));
      if (marks.stream().anyMatch(about::contains)) {
        return Optional.of(
            new Found(
                Long.parseLong(entry.getFileName().toString()),
                command.replace('\0', ' ').strip()));
      }
    } catch (IOException e) {
      // It has ended, or is another user's.
    }
    return Optional.empty();
  }

  /** Returns the command line of a process; empty where it has ended. */
  static String command(long pid) {
    try {
      return text(PROC.resolve(pid + "/cmdline")).replace('\0', ' ').strip();
    } catch (IOException e) {
      return "";
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }
}
