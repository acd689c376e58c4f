package io.github.ppgtest.leaktests;

import io.github.ppgtest.Provider;
import io.github.ppgtest.leaktests.Plan.WatchdogFate;
import io.github.ppgtest.leaktests.Processes.Found;
import io.github.ppgtest.testsupport.JvmCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A JVM with test classes that is to die. */
final class Victim implements AutoCloseable {
  private final TalkingJvm jvm;
  private final Path home;

  private Victim(TalkingJvm jvm, Path home) {
    this.jvm = jvm;
    this.home = home;
  }

  /**
   * Starts one, in a group of processes and a session of its own.
   *
   * @param home a directory that is its own
   * @param log where what it prints is written
   * @param classes which classes it runs
   */
  static Victim start(
      Plan plan, Surroundings surroundings, Path home, Path log, String classes, Events events)
      throws IOException {
    List<String> options = new ArrayList<>(plan.weapon().options());
    options.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Djava.io.tmpdir=" + Files.createDirectories(home.resolve("tmp")),
            "-Dorg.slf4j.simpleLogger.logFile=System.out",
            "-Dorg.slf4j.simpleLogger.log.io.github.ppgtest=info"));
    ProcessBuilder command =
        JvmCommand.builder(
            home, options, VictimMain.class, classes, plan.parallel() ? "parallel" : "sequential");
    // A program in the background of a shell ignores Ctrl-C, and so would its children.
    command.command().addAll(0, List.of("setsid", "env", "--default-signal=INT"));
    Map<String, String> environment = command.environment();
    surroundings.addTo(environment);
    // Every process of its keeps this, so that they are known by it.
    environment.put("TMPDIR", home.resolve("tmp").toString());
    environment.put("PPGTEST_PROVIDER", plan.provider().name().toLowerCase(Locale.ROOT));
    // On a loaded machine prisma dev takes its time, and a fault would find nothing to strike.
    environment.put("PPGTEST_READY_TIMEOUT", plan.provider() == Provider.DEV ? "60s" : "15s");
    environment.put("PPGTEST_AHEAD", plan.ahead() ? "1" : "0");
    if (plan.ownPlace()) {
      environment.put("PPGTEST_DATA_DIR", Storage.data(home).toString());
    }
    if (Files.exists(Storage.cache(home))) {
      environment.put("PPGTEST_CACHE_DIR", Storage.cache(home).toString());
    }
    if (plan.provider() == Provider.CLOUD && !plan.ownProject()) {
      environment.put("PPGTEST_PROJECT_ID", surroundings.projectId());
    }
    if (plan.watchdog() == WatchdogFate.TURNED_OFF) {
      environment.put("PPGTEST_WATCHDOG", "false");
    }
    return new Victim(TalkingJvm.start(command, log, events), home);
  }

  long pid() {
    return jvm.pid();
  }

  /** Waits until it comes to a moment; false where it ends before. */
  boolean reaches(Moment moment, Duration timeout) throws InterruptedException {
    if (jvm.events().await(moment.seen(), moment.occurrence(), timeout).isEmpty()) {
      return false;
    }
    return !jvm.ended(moment.delay());
  }

  /**
   * Kills a process of the server that its databases are in, as soon as there is one.
   *
   * @return false where the victim ends before, or where there is none for long
   */
  boolean lose(ServerFault fault, SharedMemory memory, Duration timeout)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!jvm.ended(Duration.ofMillis(1)) && System.nanoTime() - deadline < 0) {
      Optional<ProcessHandle> target = target(fault);
      if (target.isPresent()) {
        memory.look();
        return target.get().destroyForcibly();
      }
    }
    return false;
  }

  private Optional<ProcessHandle> target(ServerFault fault) throws IOException {
    if (fault == ServerFault.HOST_KILLED) {
      return processes().stream()
          .filter(process -> process.command().contains("host.mjs"))
          .flatMap(process -> ProcessHandle.of(process.pid()).stream())
          .findFirst();
    }
    Optional<ProcessHandle> postmaster =
        processes().stream()
            .filter(process -> process.command().matches("\\S+/bin/postgres -D .*"))
            .flatMap(process -> ProcessHandle.of(process.pid()).stream())
            .filter(process -> process.parent().stream().anyMatch(one -> one.pid() == pid()))
            .findFirst();
    return fault == ServerFault.BACKEND_KILLED
        ? postmaster.stream().flatMap(ProcessHandle::children).filter(Victim::isSession).findFirst()
        : postmaster;
  }

  private static boolean isSession(ProcessHandle process) {
    return Processes.command(process.pid()).matches("postgres: .*\\(\\d+\\).*");
  }

  /** Lets it die, or lets it live. */
  void strike(Weapon weapon) throws IOException, InterruptedException {
    switch (weapon) {
      case KILL -> jvm.kill();
      case TERMINATE -> jvm.terminate();
      case INTERRUPT -> signalGroup();
      case EXIT, HALT, OUT_OF_MEMORY, OUT_OF_MEMORY_EXIT -> jvm.tell(weapon.name());
      case NONE -> {}
    }
  }

  private void signalGroup() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", "--", "-" + jvm.pid())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** Whether it has a watchdog, or had one when it died. */
  boolean isWatched() throws IOException {
    return processes().stream().anyMatch(Found::isWatchdog);
  }

  /** Kills its watchdog, if it has one just then. */
  void killWatchdog() throws IOException {
    for (Found process : processes()) {
      if (process.isWatchdog()) {
        ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
  }

  boolean ended(Duration timeout) throws InterruptedException {
    return jvm.ended(timeout);
  }

  /** Finds the processes that it has started, and itself. */
  List<Found> processes() throws IOException {
    return Processes.with(List.of(home + "/"));
  }

  /** Returns the status with which it ended. */
  int exitStatus() {
    return jvm.exitCode();
  }

  @Override
  public void close() {
    jvm.close();
  }
}
