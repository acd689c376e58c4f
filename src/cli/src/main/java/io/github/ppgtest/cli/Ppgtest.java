package io.github.ppgtest.cli;

import io.github.ppgtest.cli.emulator.EmulatorCommand;
import io.github.ppgtest.cli.workspace.BackupCommand;
import io.github.ppgtest.cli.workspace.LoginCommand;
import io.github.ppgtest.cli.workspace.LogoutCommand;
import io.github.ppgtest.cli.workspace.ReapCommand;
import io.github.ppgtest.cli.workspace.RegionsCommand;
import io.github.ppgtest.cli.workspace.UsageCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;

/** The command and what all of its commands have in common. */
@Command(
    name = "ppgtest",
    description = "Prisma Postgres databases for tests.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Ppgtest.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:it did what it was asked", "1:it could not, and said why", "2:wrong usage"},
    subcommands = {
      ReapCommand.class,
      RegionsCommand.class,
      UsageCommand.class,
      BackupCommand.class,
      LoginCommand.class,
      LogoutCommand.class,
      EmulatorCommand.class,
      CompletionCommand.class
    })
public final class Ppgtest {
  private Ppgtest() {}

  /**
   * Runs from the command line, and ends the JVM with the exit code.
   *
   * @param arguments a command and its options; {@code --help} shows them
   */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Ppgtest())
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              command.getErr().println("ppgtest: " + failure.getMessage());
              return 1;
            });
  }

  /** As the jar has it. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Ppgtest.class.getPackage().getImplementationVersion();
      return new String[] {"ppgtest " + (version == null ? "(not from its jar)" : version)};
    }
  }
}
