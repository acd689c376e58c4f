package io.github.ppgtest.cli;

import io.github.ppgtest.emulator.PrintableText;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code ppgtest}, and the common parts of its commands. */
@Command(
    name = "ppgtest",
    description = "Prisma Postgres databases for tests.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Ppgtest.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:it did what it was asked", "1:it could not, and said why", "2:wrong usage"})
public final class Ppgtest {
  private Ppgtest() {}

  /**
   * Runs from the command line, and ends the JVM with the exit code.
   *
   * @param arguments a command and its options; {@code --help} shows them
   */
  public static void main(String[] arguments) {
    System.exit(commandLine(arguments).execute(arguments));
  }

  /** Creates the commands that these arguments need. */
  static CommandLine commandLine(String... arguments) {
    CommandLine line = new CommandLine(new Ppgtest());
    Subcommand asked = asked(arguments);
    if (asked != null) {
      line.addSubcommand(asked.word(), asked.whole());
    } else {
      for (Subcommand each : Subcommand.values()) {
        line.addSubcommand(each.word(), each.named());
      }
    }
    return settled(line);
  }

  /** Creates all commands with every option. */
  static CommandLine whole() {
    CommandLine line = new CommandLine(new Ppgtest());
    for (Subcommand each : Subcommand.values()) {
      line.addSubcommand(each.word(), each.whole());
    }
    return settled(line);
  }

  private static @Nullable Subcommand asked(String... arguments) {
    for (Subcommand each : Subcommand.values()) {
      if (arguments.length > 0 && each.word().equals(arguments[0])) {
        return each;
      }
    }
    return null;
  }

  private static CommandLine settled(CommandLine line) {
    return line.setUsageHelpAutoWidth(true)
        // An argument such as @scope/package is no file with arguments.
        .setExpandAtFiles(false)
        .setParameterExceptionHandler((wrong, arguments) -> refuse(wrong))
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              command.getErr().println("ppgtest: " + Failure.message(failure));
              return 1;
            });
  }

  /** Reports wrong usage as picocli does, with arguments escaped. */
  private static int refuse(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    String message = PrintableText.line(String.valueOf(wrong.getMessage()));
    err.println(command.getColorScheme().errorText(message));
    if (!UnmatchedArgumentException.printSuggestions(wrong, err)) {
      command.usage(err, command.getColorScheme());
    }
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** The version in the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Ppgtest.class.getPackage().getImplementationVersion();
      return new String[] {"ppgtest " + (version == null ? "(not from its jar)" : version)};
    }
  }
}
