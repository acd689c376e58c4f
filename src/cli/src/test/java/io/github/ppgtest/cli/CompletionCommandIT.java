package io.github.ppgtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.examples.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script in a real bash, and in a real zsh. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no bash")
final class CompletionCommandIT {
  @TempDir private static Path directory;

  @BeforeAll
  static void printTheScript() throws Exception {
    try (RunningCommand command = RunningCommand.start("completion", "bash")) {
      Files.writeString(directory.resolve("completion"), command.output());
      assertThat(command.exitCode()).isZero();
      assertThat(command.errors()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ppgtest reg, regions",
    "ppgtest backup re, restore",
    "ppgtest regions --j, --json",
    "ppgtest backup restore --t, --to",
    "ppgtest login --no, --no-browser"
  })
  void completesWhatWasBegun(String typed, String expected) throws Exception {
    assertThat(completions(typed)).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "ppgtest reg, regions",
    "ppgtest backup restore --t, backup restore --to",
    "ppgtest login --no, login --no-browser"
  })
  void completesInZshWhenTabIsPressed(String typed, String expected) throws Exception {
    Needs.program("zsh", "completion in zsh");
    // At a terminal of its own, with a command of that name that tells its arguments.
    String script =
        """
        zmodload zsh/zpty
        zpty shell zsh -f -i
        zpty -w shell 'autoload -U compinit; compinit -u -D'
        zpty -w shell "source ${(q)1}"
        zpty -w shell 'ppgtest() { print -r -- "ran <$*>" }'
        zpty -w -n shell "$2"$'\t\n'
        zpty -r shell answer $'*\nran <*>*'
        print -r -- $answer
        zpty -d shell
        """;
    Process zsh =
        new ProcessBuilder(
                "zsh", "-f", "-c", script, "zsh", directory.resolve("completion").toString(), typed)
            .redirectErrorStream(true)
            .start();

    List<String> lines = zsh.inputReader().lines().toList();
    assertThat(zsh.waitFor()).isZero();
    assertThat(lines).contains("ran <" + expected + ">");
  }

  @Test
  void offersEveryCommand() throws Exception {
    for (Subcommand each : Subcommand.values()) {
      assertThat(completions("ppgtest " + each.word().substring(0, 3))).contains(each.word());
    }
  }

  @Test
  void refusesAShellThatItDoesNotKnow() throws Exception {
    try (RunningCommand command = RunningCommand.start("completion", "tcsh")) {
      assertThat(command.exitCode()).isEqualTo(2);
      assertThat(command.errors()).contains("tcsh", "bash", "zsh");
    }
  }

  /** What bash offers when the last word is to be completed. */
  private static String[] completions(String typed) throws IOException, InterruptedException {
    String script =
        """
        source "$1"
        COMP_WORDS=($2)
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        COMP_LINE=$2
        COMP_POINT=${#COMP_LINE}
        function=$(complete -p ppgtest | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
        $function
        printf '%s\\n' "${COMPREPLY[@]}"
        """;
    Process bash =
        new ProcessBuilder(
                "bash", "-c", script, "bash", directory.resolve("completion").toString(), typed)
            // Functions of completion complain unless Tab was pressed.
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String[] offered =
        bash.inputReader()
            .lines()
            .map(String::strip)
            .filter(word -> !word.isEmpty())
            .toArray(String[]::new);
    assertThat(bash.waitFor()).isZero();
    return offered;
  }
}
