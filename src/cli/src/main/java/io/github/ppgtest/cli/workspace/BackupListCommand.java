package io.github.ppgtest.cli.workspace;

import io.github.ppgtest.PrismaPostgresAdmin;
import io.github.ppgtest.cli.Json;
import io.github.ppgtest.cli.Table;
import io.github.ppgtest.management.Backup;
import io.github.ppgtest.management.Backups;
import io.github.ppgtest.management.Databases;
import io.github.ppgtest.management.ManagementApi;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a database's backups. */
@Command(
    name = "list",
    description = "Lists the backups of a database.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppgtest backup list shop",
      "  ppgtest backup list shop --json | jq -r '.backups[0].id'"
    })
final class BackupListCommand implements Runnable {
  /** More than any plan keeps. */
  private static final int MANY = 1000;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "DATABASE", description = "Its id or name.")
  private String name = "";

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public void run() {
    PrismaPostgresAdmin cloud = Account.cloud();
    String id = CloudDatabases.list(cloud).named(name).id();
    Backups backups;
    try (ManagementApi api = cloud.openManagementApi()) {
      backups = all(api.databases(), id);
    }
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (json) {
      Json.print(out, Shown.of(id, backups));
    } else {
      print(backups, out);
    }
  }

  private static Backups all(Databases databases, String id) {
    Backups some = databases.backups(id);
    return some.hasMore() ? databases.backups(id, MANY) : some;
  }

  private static void print(Backups backups, PrintWriter out) {
    if (backups.items().isEmpty()) {
      out.println("There are no backups of it yet.");
      return;
    }
    Table table = Table.of("ID", "MADE", "TYPE", "BYTES", "STATUS");
    backups.items().stream()
        .map(Shown.Item::of)
        .forEach(
            item ->
                table.row(
                    item.id(),
                    item.createdAt().toString(),
                    item.type(),
                    item.size() == null ? "?" : item.size().toString(),
                    item.status()));
    table.print(out);
    out.println();
    out.println("Each is kept for %d days.".formatted(backups.retentionDays()));
  }

  record Shown(String database, int retentionDays, List<Item> backups) {
    static Shown of(String database, Backups backups) {
      return new Shown(
          database, backups.retentionDays(), backups.items().stream().map(Item::of).toList());
    }

    record Item(String id, Instant createdAt, String type, @Nullable Long size, String status) {
      static Item of(Backup backup) {
        return new Item(
            backup.id(),
            backup.createdAt(),
            backup.type().name().toLowerCase(Locale.ROOT),
            backup.size(),
            backup.status().name().toLowerCase(Locale.ROOT));
      }
    }
  }
}
