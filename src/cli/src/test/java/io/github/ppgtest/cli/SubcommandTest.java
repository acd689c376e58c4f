package io.github.ppgtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.management.CredentialsException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

final class SubcommandTest {

  @ParameterizedTest
  @EnumSource
  void isCalledByTheNameThatItHasItself(Subcommand subcommand) {
    assertThat(subcommand.whole().getCommandName()).isEqualTo(subcommand.word());
  }

  @ParameterizedTest
  @EnumSource
  void isTheOnlyOneThatIsMadeWhenItIsAskedFor(Subcommand subcommand) {
    assertThat(Ppgtest.commandLine(subcommand.word(), "--help").getSubcommands())
        .containsOnlyKeys(subcommand.word());
  }

  @ParameterizedTest
  @EnumSource
  void hasTheOptionsAndExitCodesOfAll(Subcommand subcommand) {
    String help = printed(subcommand.word(), "--help");

    assertThat(help)
        .contains("--help", "--version", "Exit codes:")
        .containsPattern("(?m)^ *2 +wrong usage");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EMULATOR")
  void teachesByExamples(Subcommand subcommand) {
    assertThat(printed(subcommand.word(), "--help"))
        .containsPattern("Examples?:\\R(.*\\R)*.*ppgtest " + subcommand.word() + "\\b");
  }

  @Test
  void isShownWithAllOthersAndASummary() {
    String help = printed("--help");

    for (Subcommand each : Subcommand.values()) {
      assertThat(help).containsPattern("(?m)^  " + each.word() + " +[A-Z].*\\.$");
    }
  }

  @Test
  void isSuggestedWhereItsNameIsMisspelt() {
    StringWriter err = new StringWriter();
    CommandLine line = Ppgtest.commandLine("regoins").setErr(new PrintWriter(err));

    assertThat(line.execute("regoins")).isEqualTo(2);
    assertThat(err.toString()).contains("'regoins'", "Did you mean: ppgtest regions");
  }

  @Test
  void saysOnlyWhatHelpsWhereNobodyIsLoggedIn() {
    Throwable failure =
        new IllegalStateException("GET /v1/me", new CredentialsException("Log in.", null));

    assertThat(Failure.message(failure)).isEqualTo("Log in.");
    assertThat(Failure.message(new IllegalStateException("As it is."))).isEqualTo("As it is.");
    assertThat(Failure.message(new IllegalStateException()))
        .isEqualTo("java.lang.IllegalStateException");
  }

  private static String printed(String... arguments) {
    StringWriter out = new StringWriter();
    assertThat(
            Ppgtest.commandLine(arguments)
                .setOut(new PrintWriter(out))
                .setUsageHelpAutoWidth(false)
                .execute(arguments))
        .isZero();
    return out.toString();
  }
}
