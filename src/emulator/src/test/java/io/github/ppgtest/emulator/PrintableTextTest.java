package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTextTest {
  @Test
  void leavesWhatPeopleWriteAsItIs() {
    String text = "Grüße, 世界 🐘 \\ \"it's\"\n\tat <ok>\r\n";

    assertThat(PrintableText.of(text)).isEqualTo(text);
    assertThat(PrintableText.line("a\tb\r\nc")).isEqualTo("a\\u0009b\\u000d\\u000ac");
  }

  @ParameterizedTest
  @CsvSource({
    "1b", "00", "07", "08", "0d", "7f", "85", "90", "9b", "9d", "ad", "61c", "200b", "200e", "2028",
    "2029", "202e", "2066", "2069", "feff", "e0001", "d800", "dfff"
  })
  void escapesWhatTerminalsAndReadersObey(String hex) {
    String character = Character.toString(Integer.parseInt(hex, 16));
    StringBuilder escaped = new StringBuilder();
    character.chars().forEach(unit -> escaped.append("\\u%04x".formatted(unit)));

    assertThat(PrintableText.of("a" + character + "b")).isEqualTo("a" + escaped + "b");
    assertThat(PrintableText.line("a" + character + "b")).isEqualTo("a" + escaped + "b");
  }
}
