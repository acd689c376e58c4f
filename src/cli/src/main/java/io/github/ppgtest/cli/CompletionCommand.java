package io.github.ppgtest.cli;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a completion script for shells. */
@Command(
    name = "completion",
    description = {
      "Prints a script that completes commands and options of ppgtest in a shell.",
      "It is for a command of that name: an alias, a function, or a script on the PATH."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(ppgtest completion bash)   # in ~/.bashrc",
      "  source <(ppgtest completion zsh)    # in ~/.zshrc, after compinit"
    })
final class CompletionCommand implements Runnable {
  /** The shells that understand the one script. */
  enum Shell {
    bash,
    zsh
  }

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
  private @Nullable Shell shell;

  @Override
  public void run() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    // Only println flushes.
    out.println(AutoComplete.bash("ppgtest", Ppgtest.whole()));
  }
}
