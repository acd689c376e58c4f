package io.github.ppgtest.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The process of this JVM's servers of {@code prisma dev}, measured from outside. On Linux.
 *
 * @param handle the process
 */
record DevHostProcess(ProcessHandle handle) {

  /**
   * Finds it.
   *
   * @throws IllegalStateException if no fixture with provider DEV has been started
   */
  static DevHostProcess find() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("node"))
        .findFirst()
        .map(DevHostProcess::new)
        .orElseThrow(() -> new IllegalStateException("This JVM has no host of prisma dev."));
  }

  /** Returns the path of its Node.js. */
  String node() {
    return handle.info().command().orElseThrow();
  }

  /** Returns its working directory, from which its modules are found. */
  Path directory() throws IOException {
    return procfs("cwd").toRealPath();
  }

  /** Returns its resident memory, in MiB. */
  long memory() throws IOException {
    String kilobytes =
        Files.readAllLines(procfs("status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow()
            .replaceAll("\\D", "");
    return Long.parseLong(kilobytes) / 1024;
  }

  private Path procfs(String name) {
    return Path.of("/proc", Long.toString(handle.pid()), name);
  }
}
