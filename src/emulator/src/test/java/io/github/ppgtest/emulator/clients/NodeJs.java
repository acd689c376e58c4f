package io.github.ppgtest.emulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Prisma's clients, installed by npm as {@code src/test/node} pins them, and how to run them. */
final class NodeJs {
  private static final int OLDEST = 20;
  private static final Path SOURCES = Path.of("src", "test", "node");
  private static final Path INSTALLED = Path.of("target", "node");

  private NodeJs() {}

  /** Installs them, unless they are; leaves the calling test out where there is no Node.js. */
  static synchronized NodeJs installed() throws IOException, InterruptedException {
    checkVersion();
    Path lock = INSTALLED.resolve("package-lock.json");
    boolean same =
        Files.exists(INSTALLED.resolve("node_modules/.package-lock.json"))
            && Files.mismatch(SOURCES.resolve("package-lock.json"), lock) == -1;
    copySources();
    if (!same) {
      Program npm =
          Program.run(
              INSTALLED,
              Map.of(),
              List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
      assertThat(npm.status()).as(npm.output()).isZero();
    }
    return new NodeJs();
  }

  private static void checkVersion() throws InterruptedException {
    String what = "Prisma's SDK and create-db against the emulator";
    Needs.programs(what, "node", "npm");
    String version = Needs.version("node").orElseThrow();
    if (Integer.parseInt(version.replaceFirst("^v(\\d+)[.].*", "$1")) < OLDEST) {
      Needs.leaveOut(what, "Node.js %s is too old: they need %d.".formatted(version, OLDEST));
    }
  }

  private static void copySources() throws IOException {
    Files.createDirectories(INSTALLED);
    try (Stream<Path> sources = Files.list(SOURCES)) {
      for (Path source : sources.filter(Files::isRegularFile).toList()) {
        Files.copy(
            source, INSTALLED.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  Path directory() {
    return INSTALLED;
  }

  /** Returns the command that runs a script or a module's program. */
  List<String> command(String script, String... arguments) {
    return Stream.concat(
            Stream.of("node", INSTALLED.resolve(script).toAbsolutePath().toString()),
            Stream.of(arguments))
        .toList();
  }
}
