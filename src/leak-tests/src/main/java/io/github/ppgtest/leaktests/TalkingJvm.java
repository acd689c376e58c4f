package io.github.ppgtest.leaktests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** A running JVM that says what it does and can be told something, a line each. */
final class TalkingJvm implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process process;
  private final Events events;
  private final PrintWriter input;

  private TalkingJvm(Process process, Events events) {
    this.process = process;
    this.events = events;
    this.input = new PrintWriter(process.outputWriter(), true);
  }

  /**
   * Starts one.
   *
   * @param log where all that it prints is written, with the time
   * @param events where all that it prints is seen
   */
  static TalkingJvm start(ProcessBuilder command, Path log, Events events) throws IOException {
    PrintWriter writer = new PrintWriter(Files.newBufferedWriter(log));
    Process process = command.redirectErrorStream(true).start();
    Thread reader = new Thread(() -> read(process, writer, events), "output of " + process.pid());
    reader.setDaemon(true);
    reader.start();
    return new TalkingJvm(process, events);
  }

  private static void read(Process process, PrintWriter log, Events events) {
    try (BufferedReader output = process.inputReader();
        log) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        log.println(Instant.now() + " " + line);
        log.flush();
        events.add(line);
      }
    } catch (IOException e) {
      // Java closes the stream of a process that has ended.
      events.add("unreadable: " + e);
    } finally {
      events.end();
    }
  }

  long pid() {
    return process.pid();
  }

  Events events() {
    return events;
  }

  /** Waits for a line that begins so, and returns the rest of it. */
  String answer(String beginning, int occurrence) throws InterruptedException {
    String line =
        events
            .await(beginning, occurrence, PATIENCE)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "Process %d did not say \"%s\" for the %d. time; it printed %s"
                            .formatted(pid(), beginning, occurrence, events.all())));
    return line.substring(line.indexOf(beginning) + beginning.length()).strip();
  }

  /** Tells it something; one that is dead does not hear it. */
  void tell(String line) {
    input.println(line);
  }

  /** Tells it that nothing more will come. */
  void endInput() {
    input.close();
  }

  /** Asks it to end. */
  void terminate() {
    process.destroy();
  }

  /** Ends it without asking. */
  void kill() {
    process.destroyForcibly();
  }

  /** Tells whether it ended within this time. */
  boolean ended(Duration timeout) throws InterruptedException {
    return process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  int exitCode() {
    return process.exitValue();
  }

  /** Kills it if it is still there. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // What it did not read any more is written into a broken pipe.
      if (process.isAlive()) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
