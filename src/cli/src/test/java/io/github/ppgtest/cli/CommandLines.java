package io.github.ppgtest.cli;

import picocli.CommandLine;

/** The command line as tests of other packages see it. */
public final class CommandLines {
  private CommandLines() {}

  /** Returns the command with all of its commands and options, which runs nothing by itself. */
  public static CommandLine ppgtest() {
    return Ppgtest.whole();
  }
}
