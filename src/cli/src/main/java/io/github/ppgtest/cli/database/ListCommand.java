package io.github.ppgtest.cli.database;

import io.github.ppgtest.cli.Json;
import io.github.ppgtest.cli.Progress;
import io.github.ppgtest.cli.Table;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the databases. */
@Command(
    name = "list",
    description = {
      "Lists the databases that are there: what was left on this machine, by ppgtest create or after a"
          + " failed test, and what ppgtest has in the cloud, running tests' too.",
      "The cloud is looked into where a token or a login is."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ppgtest list", "  ppgtest list --json | jq -r '.[].name'"})
public final class ListCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Prints them as JSON.")
  private boolean json;

  @Override
  public void run() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Instant now = Instant.now();
    List<ListedDatabase> databases =
        Progress.showing("Looking for databases", () -> AllDatabases.open().list()).stream()
            .map(database -> ListedDatabase.of(database, now))
            .toList();
    if (json) {
      Json.print(out, databases);
      return;
    }
    Table table = Table.of("NAME", "ID", "PROVIDER", "REGION", "AGE", "UNTIL", "FROM");
    for (ListedDatabase database : databases) {
      table.row(
          database.name(),
          database.id(),
          database.provider(),
          Objects.requireNonNullElse(database.region(), "-"),
          database.age(),
          database.until().toString(),
          database.from());
    }
    table.print(out);
  }
}
