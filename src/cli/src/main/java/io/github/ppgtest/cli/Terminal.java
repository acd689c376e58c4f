package io.github.ppgtest.cli;

import java.io.Console;

/** Whether somebody sits before this process who can be asked, and shown what changes. */
public final class Terminal {
  private Terminal() {}

  /** Tells whether input and output are a terminal, and that is no job of CI. */
  public static boolean isInteractive() {
    Console console = System.console();
    return console != null && isTerminal(console) && !isCi();
  }

  private static boolean isCi() {
    String ci = System.getenv().getOrDefault("CI", "");
    return !ci.isEmpty() && !ci.equals("false");
  }

  /** Since Java 22 there is a console where there is no terminal, and a method that tells. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException olderJava) {
      return true;
    }
  }
}
