package io.github.ppgtest.management.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PrintableTest {
  @Test
  void leavesWhatPeopleWriteAsItIs() {
    String text = "Grüße, 世界 \\ \"it's\" <ok> 🐘";

    assertThat(Printable.escaped(text)).isEqualTo(text);
    assertThat(Printable.oneLine("  a \t\r\n b  ")).isEqualTo("a b");
  }

  @ParameterizedTest
  @CsvSource({
    "1b", "00", "07", "08", "0a", "0d", "09", "7f", "85", "90", "9b", "9d", "ad", "61c", "200b",
    "200e", "2028", "2029", "202e", "2066", "2069", "feff", "e0001", "d800", "dfff"
  })
  void escapesWhatTerminalsAndReadersObey(String hex) {
    String character = Character.toString(Integer.parseInt(hex, 16));
    StringBuilder escaped = new StringBuilder();
    character.chars().forEach(unit -> escaped.append("\\u%04x".formatted(unit)));

    assertThat(Printable.escaped("a" + character + "b")).isEqualTo("a" + escaped + "b");
  }

  @Test
  void cutsBetweenCharacters() {
    assertThat(Printable.oneLine("ab🐘cd", 3)).isEqualTo("ab…");
    assertThat(Printable.oneLine("abc", 3)).isEqualTo("abc");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a|a",
        "<p>a</p>|` a `",
        "<SCRIPT>a</script><b>c|` c`",
        "<style>a<b|` `",
        "a <b|`a  `",
      })
  void readsThePlainTextOfAPage(String page, String text) {
    assertThat(PageText.of(page).strip()).isEqualTo(text.strip());
  }
}
