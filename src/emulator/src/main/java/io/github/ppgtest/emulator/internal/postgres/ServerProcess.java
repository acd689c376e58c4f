package io.github.ppgtest.emulator.internal.postgres;

import io.github.ppgtest.emulator.StoppedProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL process over one data directory: started, waited for, ended. */
final class ServerProcess {
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
  private static final int PORTS_TRIED = 10;

  /** The databases' place in the data directory. */
  static final String DATABASES = "base";

  private final PostgresBinaries binaries;
  private final UnprivilegedUser user;
  private final InstanceDirectory instance;
  private final Path data;
  private final int port;
  private volatile @Nullable Process launched;
  private volatile @Nullable ProcessHandle process;

  /** The file's content when the server was ready: the file may be gone when it has ended. */
  private volatile @Nullable PostmasterPid known;

  private ServerProcess(
      PostgresBinaries binaries, UnprivilegedUser user, InstanceDirectory instance, int port) {
    this.binaries = binaries;
    this.user = user;
    this.instance = instance;
    this.data = instance.data();
    this.port = port;
  }

  /** Starts a server over a cluster and returns when it accepts connections. */
  static ServerProcess start(
      PostgresBinaries binaries,
      UnprivilegedUser user,
      PostgresSettings settings,
      InstanceDirectory instance)
      throws IOException {
    String log = "";
    for (int attempt = 0; attempt < PORTS_TRIED; attempt++) {
      int port = freePort();
      // After initdb's own findings in it: of each setting, the last counts.
      Files.writeString(
          instance.data().resolve("postgresql.conf"),
          ServerConfiguration.text(settings, binaries, port),
          StandardOpenOption.APPEND);
      ServerProcess server = new ServerProcess(binaries, user, instance, port);
      if (server.launch()) {
        return server;
      }
      log = Files.readString(instance.log());
      server.throwIfEndedByOthers(null);
      if (!log.contains("could not create any TCP/IP sockets")) {
        break;
      }
      // Another program took the port before PostgreSQL did.
      Files.delete(instance.log());
    }
    throw new DatabaseEngineException(
        "PostgreSQL did not start in " + instance.data() + ". Its log: " + log.strip(), null);
  }

  int port() {
    return port;
  }

  /** Returns whether the server still runs; if not, its end came from elsewhere. */
  boolean isAlive() {
    ProcessHandle running = process;
    return running != null && running.isAlive();
  }

  /** Runs an action when the server has ended, for any reason. */
  void onEnd(Runnable action) {
    ProcessHandle running = process;
    if (running != null) {
      running.onExit().thenRun(action);
    }
  }

  /** Returns why the server is of no use any more; empty while it runs. Does not wait. */
  Optional<String> end() {
    try {
      if (!isAlive()) {
        return Optional.of(ServerEnd.of(instance, exitStatus()));
      }
      PostmasterPid now = PostmasterPid.read(data);
      // Such a server goes on for its sessions, and refuses new ones.
      return now == null || now.stopping() || !Files.isDirectory(data.resolve(DATABASES))
          ? Optional.of(ServerEnd.of(instance, OptionalInt.empty()))
          : Optional.empty();
    } catch (IOException | UncheckedIOException e) {
      return Optional.of("Its files cannot be read: " + e.getMessage());
    }
  }

  /**
   * Looks for another reason of a failure than what the failure says.
   *
   * @throws EndedByOthersException if this server was ended by another process
   */
  void throwIfEndedByOthers(@Nullable Throwable failure) {
    OptionalInt status = exitStatus();
    if (ServerEnd.isOfOthers(instance, status)) {
      throw new EndedByOthersException(
          "PostgreSQL has ended while it started. " + ServerEnd.of(instance, status), failure);
    }
  }

  private OptionalInt exitStatus() {
    Process program = launched;
    try {
      // The system reports the end to its parent a moment later than to others.
      return program != null && program.waitFor(1, TimeUnit.SECONDS)
          ? OptionalInt.of(program.exitValue())
          : OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }

  /** Returns which process of the server a signal has stopped; empty where all go on. */
  Optional<String> stopped() {
    ProcessHandle running = process;
    return running == null ? Optional.empty() : StoppedProcesses.explain("PostgreSQL", running);
  }

  long pid() {
    ProcessHandle running = process;
    return running == null ? -1 : running.pid();
  }

  /**
   * Ends the server and its sessions at once, without a last checkpoint: this directory is not
   * opened again.
   */
  void stop() throws IOException {
    ProcessHandle running = process;
    if (running != null && running.isAlive()) {
      quit(running);
    }
    // One that ends in order leaves nothing, but others may have killed it before it had ended, or
    // as soon as it was ready.
    cleanUp(known, data);
  }

  /** Ends sessions that have outlived their server, and removes its shared memory. */
  private static void cleanUp(@Nullable PostmasterPid server, Path data) {
    LinuxProcesses.in(data).forEach(ProcessHandle::destroyForcibly);
    SharedMemory.remove(server, data);
  }

  /** Ends the servers that run over a directory, as far as they are surely ours. */
  static void end(Path data) throws IOException {
    PostmasterPid pid = PostmasterPid.read(data);
    ProcessHandle running = pid == null ? null : pid.process(data).orElse(null);
    if (running != null) {
      quit(running);
    }
    // One without its number in a file yet, as its JVM died while it started.
    List<String> option = List.of("-D", data.toString());
    for (ProcessHandle starting :
        ProcessHandle.allProcesses().filter(process -> has(process, option)).toList()) {
      quit(starting);
    }
    cleanUp(pid, data);
  }

  private static boolean has(ProcessHandle process, List<String> option) {
    return process
        .info()
        .arguments()
        .filter(arguments -> Collections.indexOfSubList(List.of(arguments), option) >= 0)
        .isPresent();
  }

  private static void quit(ProcessHandle server) throws IOException {
    // A stopped process would get the signal only when it goes on.
    String refusal = StoppedProcesses.isStopped(server) ? "" : askToQuit(server);
    if (refusal != null || !ended(server)) {
      server.destroyForcibly();
      if (!ended(server)) {
        throw new IOException(
            "PostgreSQL, process %d, does not end.%s"
                .formatted(server.pid(), refusal == null ? "" : " " + refusal));
      }
    }
  }

  /**
   * Sends SIGQUIT: a server that is killed leaves shared memory to the operating system. Needs
   * nothing but the process, as a sweep may have no PostgreSQL.
   *
   * @return why that is impossible; null when it was sent
   */
  private static @Nullable String askToQuit(ProcessHandle server) {
    String pid = Long.toString(server.pid());
    List<String> command =
        Platform.current().isWindows()
            ? List.of(
                Path.of(server.info().command().orElse("postgres.exe"))
                    .resolveSibling("pg_ctl.exe")
                    .toString(),
                "kill",
                "QUIT",
                pid)
            : List.of("/bin/sh", "-c", "kill -QUIT " + pid);
    try {
      Command.Result result = Command.run(Path.of("/"), command);
      return result.succeeded() ? null : result.output();
    } catch (DatabaseEngineException e) {
      return e.getMessage();
    } catch (OutOfMemoryError e) {
      // The JVM can start no thread more, which it finds out behind the program that it started.
      return null;
    }
  }

  private boolean launch() throws IOException {
    boolean windows = binaries.platform().isWindows();
    // Windows: pg_ctl gives up an administrator's rights, with which PostgreSQL refuses to run.
    List<String> command =
        windows
            ? List.of(
                binaries.program("pg_ctl").toString(),
                "start",
                "--no-wait",
                "--pgdata=" + data,
                "--log=" + instance.log())
            : inOwnSession(
                user.command(
                    List.of(binaries.program("postgres").toString(), "-D", data.toString())));
    Path output = windows ? instance.path().resolve("pg_ctl.log") : instance.log();
    Files.deleteIfExists(output);
    FileTree.createFile(output, "rw-------").close();
    Process process =
        Command.builder(instance.path(), command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    process.getOutputStream().close();
    launched = process;
    try {
      return Awaitility.with()
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(2))
          .atMost(START_PATIENCE)
          .until(() -> state(process, windows), state -> state != null);
    } catch (ConditionTimeoutException e) {
      // Both: a launcher may wait for the server.
      end(data);
      process.destroyForcibly();
      throw new DatabaseEngineException(
          "PostgreSQL was not ready within " + START_PATIENCE.toSeconds() + " s in " + data + ".",
          e);
    }
  }

  /**
   * Starts it in a session of its own where a program can: so Ctrl-C, which reaches all that a
   * terminal has started, does not stop the server while others still clean up in it.
   */
  private static List<String> inOwnSession(List<String> command) {
    return Stream.concat(
            Stream.of("/usr/bin/setsid", "/bin/setsid")
                .filter(program -> Files.isExecutable(Path.of(program)))
                .limit(1),
            command.stream())
        .toList();
  }

  /** Returns true when the server is ready, false when it has ended, null while it starts. */
  private @Nullable Boolean state(Process launched, boolean launcherEnds) throws IOException {
    PostmasterPid pid = PostmasterPid.read(data);
    if (pid != null && pid.ready()) {
      // Just started by us: no need to tell it from others.
      this.process = ProcessHandle.of(pid.pid()).orElse(null);
      this.known = pid;
      return true;
    }
    boolean failed = !launched.isAlive() && (!launcherEnds || launched.exitValue() != 0);
    return failed ? false : null;
  }

  /**
   * Waits for an end without another thread: a JVM at its limit can start none, and {@code onExit}
   * needs one of the common pool since JDK 25. On two processors that has a single one, which the
   * program under test may hold. An interrupt does not cut it short.
   */
  private static boolean ended(ProcessHandle process) {
    try {
      Awaitility.with()
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(5))
          .atMost(STOP_PATIENCE)
          .until(() -> !process.isAlive());
      return true;
    } catch (ConditionTimeoutException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket =
        new ServerSocket(0, 1, InetAddress.getByName(ServerConfiguration.ADDRESS))) {
      return socket.getLocalPort();
    }
  }
}
