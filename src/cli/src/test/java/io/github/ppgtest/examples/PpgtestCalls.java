package io.github.ppgtest.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.cli.CommandLines;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where scripts start ppgtest, and with what. */
final class PpgtestCalls {
  private static final Pattern CALL =
      Pattern.compile("-jar\\s+\"?[^\\s\"]*ppgtest[^\\s\"]*\\.jar\"?(.*)");

  /** A word, some of it in quotes; or what ends a command. */
  private static final Pattern TOKEN =
      Pattern.compile("((?:\"[^\"]*\"|'[^']*'|[^\\s\"'|&;<>()])+)|([|&;<>()])");

  private PpgtestCalls() {}

  /** Returns the arguments of each call, without quotes, with variables as they are written. */
  static List<List<String>> in(String script) {
    List<List<String>> calls = new ArrayList<>();
    Matcher call = CALL.matcher(script.replaceAll("\\\\\\R\\s*", " "));
    while (call.find()) {
      calls.add(arguments(call.group(1)));
    }
    return calls;
  }

  /** Parses each as the command does, and finds no option that there is not. */
  static void assertThatAllAreUnderstood(String script) {
    List<List<String>> calls = in(script);
    // None is overlooked.
    assertThat(script.split("ppgtest-cli\\.jar\"? ", -1)).hasSize(calls.size() + 1);
    for (List<String> call : calls) {
      assertThat(CommandLines.ppgtest().parseArgs(call.toArray(String[]::new)).hasSubcommand())
          .as("ppgtest " + String.join(" ", call))
          .isTrue();
    }
  }

  private static List<String> arguments(String text) {
    List<String> arguments = new ArrayList<>();
    Matcher token = TOKEN.matcher(text);
    while (token.find() && token.group(1) != null) {
      arguments.add(token.group(1).replaceAll("[\"']", ""));
    }
    return arguments;
  }
}
