package io.github.ppgtest.emulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.emulator.PrismaPostgresEmulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the README shows clients in other languages to do with the emulator. */
final class ReadmeTest {
  private static final Path README = Path.of("..", "..", "README.md");

  private static PrismaPostgresEmulator emulator;

  @BeforeAll
  static void start() {
    emulator = PrismaPostgresEmulator.start();
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  @Test
  void printsAUrlWithCurl() throws Exception {
    Needs.programs("the README's curl command", "bash", "curl", "jq");

    assertPrintsAUrl(Path.of("."), List.of("bash", "-c", snippet("bash", "curl ")));
  }

  @Test
  void printsAUrlWithPrismasSdk() throws Exception {
    NodeJs node = NodeJs.installed();
    Files.writeString(node.directory().resolve("readme.mjs"), snippet("js", "import "));

    assertPrintsAUrl(node.directory(), node.command("readme.mjs"));
  }

  private static void assertPrintsAUrl(Path directory, List<String> command)
      throws IOException, InterruptedException {
    Program program =
        Program.run(
            directory,
            Map.of(
                "PPGTEST_API_URL", emulator.apiUrl().toString(),
                "PRISMA_SERVICE_TOKEN", emulator.serviceToken()),
            command);
    assertThat(program.status()).as(program.output()).isZero();
    assertThat(program.output())
        .matches("postgres://[0-9a-f]{64}:sk_.*@127.0.0.1:\\d+/.*\\?sslmode=require\\R");
  }

  private static String snippet(String language, String start) throws IOException {
    Matcher block =
        Pattern.compile("(?ms)^```" + language + "\\n(" + start + ".*?)^```")
            .matcher(Files.readString(README));
    assertThat(block.find()).as("a snippet of " + language).isTrue();
    return block.group(1);
  }
}
