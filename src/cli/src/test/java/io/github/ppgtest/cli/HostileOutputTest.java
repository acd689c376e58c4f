package io.github.ppgtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the command prints, a terminal shows and does not obey, wherever it comes from. */
class HostileOutputTest {
  private static final String HOSTILE = "a\u001b]0;b\u0007\u009b2J\u202ec\r\nd\u0000";
  private static final String SHOWN = "a\\u001b]0;b\\u0007\\u009b2J\\u202ec\\u000d\\u000ad\\u0000";

  private final StringWriter printed = new StringWriter();

  @Test
  void isEscapedInTables() {
    Table.of("NAME", "ID").row(HOSTILE, "db_1").print(new PrintWriter(printed, true));

    assertThat(printed.toString().lines()).last().isEqualTo(SHOWN + "  db_1");
    assertThat(printed.toString().lines()).hasSize(2);
  }

  @Test
  void isEscapedInJsonWhichMeansTheSame() {
    Json.print(new PrintWriter(printed, true), List.of(Map.of("name", HOSTILE)));

    assertThat(printed.toString())
        .matches(text -> text.chars().allMatch(c -> c == '\n' || c >= ' ' && c < 0x7f));
    assertThat(
            tools.jackson.databind.json.JsonMapper.shared()
                .readTree(printed.toString())
                .get(0)
                .get("name")
                .stringValue())
        .isEqualTo(HOSTILE);
  }

  @Test
  void isEscapedInFailures() {
    assertThat(Failure.message(new IllegalStateException("a\u001b[31m\nb\u009b")))
        .isEqualTo("a\\u001b[31m\nb\\u009b");
    assertThat(Failure.message(new IllegalStateException())).doesNotContain("\u001b");
  }

  /** Where widths were reckoned for each cell, this would take minutes. */
  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void isPrintedInTimeInProportionToItsRows() {
    Table table = Table.of("NAME", "ID");
    for (int i = 0; i < 100_000; i++) {
      table.row("name" + i, i == 50_000 ? "x".repeat(16_384) : "id" + i);
    }

    table.print(new PrintWriter(printed, true));

    assertThat(printed.getBuffer().length()).isLessThan(100_000 * 200);
  }
}
