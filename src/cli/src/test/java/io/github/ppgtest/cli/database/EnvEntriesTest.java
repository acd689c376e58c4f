package io.github.ppgtest.cli.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvEntriesTest {

  @Test
  void areFoundInTheFormsThatShellsAndLibrariesTake() {
    assertThat(
            EnvEntries.in(
                """
                # A=1
                B=2
                export C=3
                export\tH=4
                  D = "4"
                E='5'   # a comment

                F:6
                G=
                no entry
                """))
        .isEqualTo(Map.of("B", 2, "C", 3, "D", 5, "E", 6, "H", 4, "F", 8, "G", 9));
  }

  @Test
  void areNotFoundInValues() {
    assertThat(
            EnvEntries.in(
                """
                KEY="-----BEGIN
                DATABASE_URL=\\"no entry\\"
                END-----"
                OTHER='
                DATABASE_URL="no entry"'
                LAST=it's
                """))
        .containsOnlyKeys("KEY", "OTHER", "LAST");
  }

  @Test
  void haveTheLineOfTheFirstOfSeveral() {
    assertThat(EnvEntries.in("A=1\r\nA=2\r\n")).isEqualTo(Map.of("A", 1));
  }

  @Test
  void cannotBeTakenApartWhereAQuoteIsNeverClosed() {
    assertThatThrownBy(() -> EnvEntries.in("A=1\nB=\"2\nC=3\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the quote in line 2 is never closed");
  }
}
