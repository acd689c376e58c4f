package io.github.ppgtest.emulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.emulator.PrismaPostgresEmulator;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Prisma's own SDK for TypeScript, unmodified, cannot tell the emulator from the cloud. */
final class PrismaSdkTest {
  private static NodeJs node;
  private static PrismaPostgresEmulator emulator;

  @BeforeAll
  static void start() throws Exception {
    node = NodeJs.installed();
    emulator = PrismaPostgresEmulator.builder().authorizationServer(true).start();
  }

  @AfterAll
  static void stop() {
    if (emulator != null) {
      emulator.close();
    }
  }

  @Test
  void drivesEveryOperationAndGetsWhatItsTypesPromise() throws Exception {
    Path answers = node.directory().resolve("sdk.answers.ts").toAbsolutePath();
    Process sdk =
        Program.start(
            node.directory(),
            emulator.gitHubActionsEnvironment(),
            node.command("sdk.mjs", emulator.apiUrl().toString(), answers.toString()));
    Program ended = Program.ended(sdk, converse(sdk));
    assertThat(ended.status()).as(ended.output()).isZero();
    assertTypes(answers);
  }

  /** Tells it the token, and the backups that it asks for. */
  private static String converse(Process sdk) throws IOException {
    StringBuilder output = new StringBuilder();
    try (BufferedWriter input = sdk.outputWriter();
        BufferedReader lines = sdk.inputReader()) {
      input.write(emulator.serviceToken() + "\n");
      input.flush();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.append(line).append('\n');
        if (line.startsWith("back-up ")) {
          input.write(emulator.backUp(line.substring("back-up ".length())) + "\n");
          input.flush();
        }
      }
    }
    return output.toString();
  }

  @Test
  void logsInAndRefreshes() throws Exception {
    Path answers = node.directory().resolve("oauth.answers.ts").toAbsolutePath();
    Program oauth =
        Program.run(
            node.directory(),
            Map.of(),
            node.command(
                "oauth.mjs",
                emulator.apiUrl().toString(),
                emulator.authUrl().toString(),
                answers.toString()));
    assertThat(oauth.status()).as(oauth.output()).isZero();
    assertTypes(answers);
  }

  /** The compiler refuses missing and unknown fields, and other types. */
  private static void assertTypes(Path answers) throws IOException, InterruptedException {
    try {
      Program compiler =
          Program.run(
              node.directory(),
              Map.of(),
              node.command(
                  "node_modules/typescript/bin/tsc",
                  "--noEmit",
                  "--strict",
                  "--skipLibCheck",
                  "--module",
                  "nodenext",
                  answers.toString()));
      assertThat(compiler.status()).as(compiler.output()).isZero();
    } finally {
      Files.delete(answers);
    }
  }
}
