package io.github.ppgtest.cli.workspace;

import picocli.CommandLine.Command;

/** The commands for backups. */
@Command(
    name = "backup",
    description = "Lists the backups that Prisma makes of a database, and restores them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {BackupListCommand.class, BackupRestoreCommand.class},
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppgtest backup list shop",
      "  ppgtest backup restore shop BACKUP --to shop-rehearsal"
    })
public final class BackupCommand {}
