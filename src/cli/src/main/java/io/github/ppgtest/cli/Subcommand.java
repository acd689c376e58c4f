package io.github.ppgtest.cli;

import io.github.ppgtest.cli.database.CreateCommand;
import io.github.ppgtest.cli.database.DeleteCommand;
import io.github.ppgtest.cli.database.ListCommand;
import io.github.ppgtest.cli.database.RunCommand;
import io.github.ppgtest.cli.database.UrlCommand;
import io.github.ppgtest.cli.emulator.EmulatorCommand;
import io.github.ppgtest.cli.workspace.BackupCommand;
import io.github.ppgtest.cli.workspace.LoginCommand;
import io.github.ppgtest.cli.workspace.LogoutCommand;
import io.github.ppgtest.cli.workspace.ReapCommand;
import io.github.ppgtest.cli.workspace.RegionsCommand;
import io.github.ppgtest.cli.workspace.UsageCommand;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands, in the order of the help. Each is created on demand: reading the options of all of
 * them takes longer than anything else at the start.
 */
enum Subcommand {
  CREATE("Makes a database for several steps."),
  RUN("Runs a command with a database of its own."),
  LIST("Lists the databases that ppgtest made."),
  URL("Prints how a database is reached."),
  DELETE("Deletes databases."),
  REAP("Deletes what vanished machines left in the cloud."),
  REGIONS("Lists the regions that databases can be in."),
  USAGE("Shows what databases in the cloud used."),
  BACKUP("Lists and restores backups."),
  LOGIN("Logs you in through the browser."),
  LOGOUT("Forgets that login."),
  EMULATOR("Runs Prisma Postgres on this machine."),
  COMPLETION("Prints what completes these commands in a shell.");

  private final String summary;

  Subcommand(String summary) {
    this.summary = summary;
  }

  /** Returns its name for users. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Creates it, with its options. */
  CommandLine whole() {
    return new CommandLine(command());
  }

  private Object command() {
    return switch (this) {
      case CREATE -> new CreateCommand();
      case RUN -> new RunCommand();
      case LIST -> new ListCommand();
      case URL -> new UrlCommand();
      case DELETE -> new DeleteCommand();
      case REAP -> new ReapCommand();
      case REGIONS -> new RegionsCommand();
      case USAGE -> new UsageCommand();
      case BACKUP -> new BackupCommand();
      case LOGIN -> new LoginCommand();
      case LOGOUT -> new LogoutCommand();
      case EMULATOR -> new EmulatorCommand();
      case COMPLETION -> new CompletionCommand();
    };
  }

  /** Creates a stand-in with its name and summary only. */
  CommandLine named() {
    CommandSpec spec = CommandSpec.create().name(word());
    spec.usageMessage().description(summary);
    return new CommandLine(spec);
  }
}
