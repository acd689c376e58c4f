package io.github.ppgtest.cli.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class EnvFileTest {
  private static final List<String> NAMES = List.of("URL", "PASSWORD");

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameAFile() {
    file = directory.resolve(".env");
  }

  private static Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("URL", "postgres://u:sk_1%2F@h:5432/d?sslmode=require");
    variables.put("PASSWORD", "its $5 & #1");
    return variables;
  }

  private static String lines(String end) {
    return "URL=postgres://u:sk_1%2F@h:5432/d?sslmode=require"
        + end
        + "PASSWORD='its $5 & #1'"
        + end;
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no such permissions")
  void isMadeForItsOwnerOnly() throws IOException {
    EnvFile.open(file, NAMES).append(variables());

    assertThat(file).content().isEqualTo(lines("\n"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertNothingElseIsThere();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no such permissions")
  void keepsWhatIsInItAndIsClosedToOthers() throws IOException {
    Files.writeString(file, "OTHER=1\n# URL=no entry\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

    EnvFile.open(file, NAMES).append(variables());

    assertThat(file).content().isEqualTo("OTHER=1\n# URL=no entry\n" + lines("\n"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void endsAnUnfinishedLineFirst() throws IOException {
    Files.writeString(file, "OTHER=1");

    EnvFile.open(file, NAMES).append(variables());

    assertThat(file).content().isEqualTo("OTHER=1\n" + lines("\n"));
  }

  @Test
  void endsLinesAsTheOthersEnd() throws IOException {
    Files.writeString(file, "OTHER=1\r\nMORE=2");

    EnvFile.open(file, NAMES).append(variables());

    assertThat(file).content().isEqualTo("OTHER=1\r\nMORE=2\r\n" + lines("\r\n"));
  }

  @Test
  void keepsBytesThatAreInNoEncoding() throws IOException {
    Files.write(file, new byte[] {'A', '=', (byte) 0xe4, (byte) 0xff, '\n'});

    EnvFile.open(file, NAMES).append(Map.of("URL", "x"));

    assertThat(file)
        .binaryContent()
        .containsExactly('A', '=', 0xe4, 0xff, '\n', 'U', 'R', 'L', '=', 'x', '\n');
  }

  @Test
  void isRefusedWhereItHasAnEntryAlready() throws IOException {
    Files.writeString(file, "\ufeffOTHER=1\nexport PASSWORD=mine\n");

    assertThatThrownBy(() -> EnvFile.open(file, NAMES))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Nothing can be added to %s: it has an entry PASSWORD already, in line 2, which is left as it is. Remove that, or name another file."
                .formatted(file));
    Files.writeString(file, "\ufeffURL=mine");
    assertThatThrownBy(() -> EnvFile.open(file, NAMES)).hasMessageContaining("entry URL");
    assertThat(file).content().isEqualTo("\ufeffURL=mine");
  }

  @Test
  void keepsAnotherLinesBackslashToThatLine() throws IOException {
    Files.writeString(file, "OTHER=C:\\dir\\\n");
    EnvFile.open(file, NAMES).append(Map.of("URL", "x"));
    assertThat(file).content().isEqualTo("OTHER=C:\\dir\\\n\nURL=x\n");

    Files.writeString(file, "OTHER=C:\\dir\\");
    EnvFile.open(file, NAMES).append(Map.of("URL", "x"));
    assertThat(file).content().isEqualTo("OTHER=C:\\dir\\\n\nURL=x\n");
  }

  @Test
  void isRefusedWhereItIsUtf16() throws IOException {
    for (String content : List.of("\ufeffOTHER=1\r\n", "OTHER=1\r\n")) {
      byte[] before = content.getBytes(StandardCharsets.UTF_16LE);
      Files.write(file, before);

      assertThatThrownBy(() -> EnvFile.open(file, NAMES))
          .hasMessage(
              "Nothing can be added to %s: it is UTF-16, which few programs read. Save it as UTF-8."
                  .formatted(file));
      assertThat(file).binaryContent().isEqualTo(before);
    }
  }

  @Test
  void isRefusedAValueThatItsReadersTakeForDifferentThings() throws IOException {
    Files.writeString(file, "OTHER=1\n");
    EnvFile opened = EnvFile.open(file, NAMES);
    for (String secret : List.of("s'e$cret", "secret\\", "sec\nret", "s'e\"cret")) {
      assertThatThrownBy(() -> opened.append(Map.of("PASSWORD", secret)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "Nothing can be added to %s: no quotes make shells and the libraries called dotenv read PASSWORD alike, as it has a control character, a backslash at its end, or ' beside one of \" $ ` \\. ppgtest create --json prints it."
                  .formatted(file));
    }
    assertThat(file).content().isEqualTo("OTHER=1\n");
    assertNothingElseIsThere();
  }

  @Test
  void isRefusedWhereSomebodyElseWasQuicker() throws IOException {
    EnvFile opened = EnvFile.open(file, NAMES);
    Files.writeString(file, "URL=mine");

    assertThatThrownBy(() -> opened.append(variables())).hasMessageContaining("entry URL already");

    opened.undo();
    assertThat(file).content().isEqualTo("URL=mine");
  }

  @Test
  void isRefusedWhereAQuoteIsOpenOrThereIsNoPlace() throws IOException {
    Files.writeString(file, "OTHER='1\n");
    assertThatThrownBy(() -> EnvFile.open(file, NAMES))
        .hasMessage(
            "Nothing can be added to %s: the quote in line 1 is never closed.".formatted(file));

    Path nowhere = directory.resolve("none/.env");
    assertThatThrownBy(() -> EnvFile.open(nowhere, NAMES))
        .hasMessage(
            "Nothing can be added to %s: there is no directory for it that can be written to."
                .formatted(nowhere));
    assertThatThrownBy(() -> EnvFile.open(directory, NAMES)).hasMessageContaining("it is no file");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "asks for rights to make links")
  void isReplacedBehindALink() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    Files.writeString(file, "OTHER=1\n");

    EnvFile.open(link, NAMES).append(Map.of("URL", "x"));

    assertThat(link).isSymbolicLink();
    assertThat(file).content().isEqualTo("OTHER=1\nURL=x\n");
  }

  @Test
  void isAsItWasAfterUndoing() throws IOException {
    EnvFile made = EnvFile.open(file, NAMES);
    made.append(variables());
    made.undo();
    assertThat(directory).isEmptyDirectory();

    Files.writeString(file, "OTHER=1");
    EnvFile changed = EnvFile.open(file, NAMES);
    changed.append(variables());
    changed.undo();
    assertThat(file).content().isEqualTo("OTHER=1");
    assertNothingElseIsThere();
  }

  private void assertNothingElseIsThere() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }
}
