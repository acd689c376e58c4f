package io.github.ppgtest.cli.workspace;

import io.github.ppgtest.PrismaPostgresAdmin;
import io.github.ppgtest.cli.Progress;
import io.github.ppgtest.cli.Terminal;
import io.github.ppgtest.emulator.PrintableText;
import io.github.ppgtest.management.ConflictException;
import io.github.ppgtest.management.DatabaseSource;
import io.github.ppgtest.management.Databases;
import io.github.ppgtest.management.ManagementApi;
import io.github.ppgtest.management.ManagementApiException;
import io.github.ppgtest.management.ValidationException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Restores a database from a backup. */
@Command(
    name = "restore",
    description = {
      "Replaces all that a database holds by what a backup holds, and waits until it is ready again.",
      "What was written since is lost, and sessions end; connection strings stay. The default database"
          + " of a project cannot be restored."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppgtest backup restore shop BACKUP",
      "  ppgtest backup restore shop BACKUP --to shop-rehearsal   # shop stays as it is"
    })
final class BackupRestoreCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "DATABASE",
      description = "The database that the backup was made of, by id or name.")
  private String source = "";

  @Parameters(
      index = "1",
      paramLabel = "BACKUP",
      description = "The backup's id; ppgtest backup list shows it.")
  private String backup = "";

  @Option(
      names = "--to",
      paramLabel = "DATABASE",
      description = "The database to restore, by id or name. Default: the one it was made of.")
  private @Nullable String target;

  @Override
  public void run() {
    PrismaPostgresAdmin cloud = Account.cloud();
    CloudDatabases databases = CloudDatabases.list(cloud);
    String sourceId = databases.named(source).id();
    String targetId = target == null ? sourceId : databases.named(target).id();
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    try (ManagementApi api = cloud.openManagementApi()) {
      restore(api.databases(), targetId, new DatabaseSource.OfBackup(sourceId, backup));
      String what = "Restoring %s from backup %s".formatted(targetId, backup);
      if (!Terminal.isInteractive()) {
        line.getErr().println(PrintableText.of(what + "."));
      }
      Progress.showing(what, new Restoration(api.databases(), targetId)::await);
    }
    line.getOut().println("%s is ready again.".formatted(targetId));
  }

  private static void restore(Databases databases, String id, DatabaseSource.OfBackup backup) {
    try {
      databases.restore(id, backup);
    } catch (ConflictException e) {
      throw refused(
          id,
          e,
          "It is being made or restored: wait until it is ready. One that failed cannot be restored.");
    } catch (ValidationException e) {
      throw refused(
          id,
          e,
          "A project's default database, and one of another version of PostgreSQL, cannot be restored: restore the backup to another database with --to.");
    }
  }

  private static IllegalStateException refused(
      String id, ManagementApiException failure, String advice) {
    String said = failure.apiMessage().orElse("the API does not say why.");
    return new IllegalStateException(
        "Database %s cannot be restored: %s %s".formatted(id, said, advice), failure);
  }
}
