package io.github.ppgtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

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

  static List<List<String>> wrongUsages() {
    return List.of(
        List.of(HOSTILE),
        List.of("--" + HOSTILE),
        List.of("list", "--" + HOSTILE),
        List.of("list", HOSTILE),
        List.of("create", "--provider", HOSTILE),
        List.of("create", "--ttl=" + HOSTILE),
        List.of("create", "--json=" + HOSTILE),
        List.of("create", "--env", "a\0" + HOSTILE),
        List.of("login", "--redirect-port", HOSTILE),
        List.of("login", "--auth-url", HOSTILE),
        List.of("usage", "--from", HOSTILE),
        List.of("backup", HOSTILE),
        List.of("emulator", "--port", HOSTILE),
        List.of("emulator", "--query-timeout", HOSTILE),
        List.of("completion", HOSTILE));
  }

  @ParameterizedTest
  @MethodSource("wrongUsages")
  void isEscapedWhereTheCommandIsUsedWrongly(List<String> arguments) {
    String[] words = arguments.toArray(String[]::new);
    CommandLine line = Ppgtest.commandLine(words).setErr(new PrintWriter(printed, true));

    assertThat(line.execute(words)).isEqualTo(2);
    assertThat(printed.toString()).contains("\\u001b]0;b\\u0007");
    assertThat(printed.toString().lines())
        .allMatch(text -> text.chars().noneMatch(Character::isISOControl));
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
