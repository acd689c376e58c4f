package io.github.ppgtest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class TableTest {

  @Test
  void makesEachColumnAsWideAsItHasToBe() {
    StringWriter text = new StringWriter();

    Table.of("ID", "NAME", "OF")
        .row("1", "a long one", "")
        .row("12345", "b", "c")
        .print(new PrintWriter(text));

    assertThat(text.toString().lines())
        .containsExactly("ID     NAME        OF", "1      a long one", "12345  b           c");
  }

  @Test
  void refusesARowOfAnotherLength() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Table.of("ID", "NAME").row("1"))
        .withMessage("A row of 1 cells under 2 headings");
  }
}
