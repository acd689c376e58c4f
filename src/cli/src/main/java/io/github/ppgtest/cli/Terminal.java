package io.github.ppgtest.cli;

import java.io.Console;

/** The terminal of this process, for questions and progress. */
public final class Terminal {
  private Terminal() {}

  /** Returns whether input and output are a terminal, outside of a CI job. */
  public static boolean isInteractive() {
    Console console = System.console();
    return console != null && isTerminal(console) && !isCi();
  }

  private static boolean isCi() {
    String ci = System.getenv().getOrDefault("CI", "");
    return !ci.isEmpty() && !ci.equals("false");
  }

  /**
   * Since Java 22 there is a console without a terminal too, and a method that tells them apart.
   */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException olderJava) {
      return true;
    }
  }
}
