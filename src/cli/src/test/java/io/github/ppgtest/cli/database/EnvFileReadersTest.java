package io.github.ppgtest.cli.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.examples.Needs;
import io.github.ppgtest.internal.settings.DotenvFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command writes to a file of variables is read alike by all that read such files. */
class EnvFileReadersTest {
  private static final int VALUES = 400;
  private static final String[] PARTS = {
    "'",
    "\"",
    "$",
    "${A}",
    "`",
    "\\",
    "\\n",
    "#",
    " ",
    " #",
    "!",
    "&",
    ";",
    "|",
    "<",
    ">",
    "(",
    ")",
    "*",
    "?",
    "~",
    "{",
    "}",
    "[",
    "]",
    "=",
    "%",
    "%27",
    "^",
    ",",
    ".",
    ":",
    "/",
    "@",
    "-",
    "+",
    "_",
    "a",
    "Z",
    "0",
    "\u00e4",
    "\u20ac",
    "\ud83d\ude00",
    "V1=",
    "export "
  };

  @TempDir private Path directory;
  private Path file;
  private final Map<String, String> written = new LinkedHashMap<>();

  @BeforeEach
  void writeValuesOfAllCharacters() throws IOException {
    file = directory.resolve(".env");
    Files.writeString(file, "OTHER='-\n V1=no'\nPATTERN=C:\\dir\\");
    long seed = Long.getLong("seed", 14);
    Random random = new Random(seed);
    for (int i = 0; written.size() < VALUES; i++) {
      StringBuilder value = new StringBuilder();
      for (int parts = random.nextInt(9); parts >= 0; parts--) {
        value.append(PARTS[random.nextInt(PARTS.length)]);
      }
      if (isWritable(value.toString())) {
        written.put("V" + i, value.toString());
      }
    }
    EnvFile.open(file, List.copyOf(written.keySet())).append(written);
  }

  /** Returns whether a value can be written, and checks that a refusal is justified. */
  private boolean isWritable(String value) {
    Path alone = directory.resolve("alone");
    try {
      EnvFile one = EnvFile.open(alone, List.of("V"));
      one.append(Map.of("V", value));
      one.undo();
      return true;
    } catch (IllegalStateException e) {
      assertThat(value).matches("(?s).*\\\\|.*'.*[\"$`\\\\].*|.*[\"$`\\\\].*'.*");
      assertThat(e).hasMessageContaining("read V alike").hasNoCause();
      return false;
    }
  }

  @Test
  void isReadByTheLibrary() {
    assertThat(DotenvFile.read(file, written::containsKey)).isEqualTo(written);
  }

  @Test
  void isReadByShells() throws IOException, InterruptedException {
    for (String shell : new String[] {"sh", "bash"}) {
      Needs.program(shell, "What shells read of what the command writes");
      String script = ". \"$1\"\nfor v in $2; do eval \"printf '%s\\\\n' \\\"\\$$v\\\"\"; done";
      String names = String.join("\n", written.keySet());
      List<String> command = List.of(shell, "-c", script, shell, file.toString(), names);
      assertThat(output(command)).as(shell).containsExactlyElementsOf(written.values());
    }
  }

  @Test
  void isReadByNode() throws IOException, InterruptedException {
    Needs.program("node", "What Node.js reads of what the command writes");
    String script =
        "for (const n of process.argv[1].split(' ')) console.log(process.env[n] ?? 'none')";
    List<String> command =
        List.of("node", "--env-file=" + file, "-e", script, String.join(" ", written.keySet()));
    assertThat(output(command)).containsExactlyElementsOf(written.values());
  }

  @Test
  void isReadByDotenvOfNode() throws IOException, InterruptedException {
    Needs.program("npm", "What dotenv reads of what the command writes");
    output(
        List.of(
            "npm",
            "install",
            "--silent",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--prefix",
            directory.toString(),
            "dotenv@17.2.3"));
    String script =
        "const e = require('dotenv').parse(require('fs').readFileSync('.env'));"
            + "for (const n of process.argv[1].split(' ')) console.log(e[n] ?? 'none')";
    assertThat(output(List.of("node", "-e", script, String.join(" ", written.keySet()))))
        .containsExactlyElementsOf(written.values());
  }

  private List<String> output(List<String> command) throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int status = process.waitFor();
    String text = Files.readString(output, UTF_8);
    assertThat(status).as(text).isZero();
    return List.of(text.split("\n"));
  }
}
