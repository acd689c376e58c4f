package io.github.ppgtest.cli.workspace;

import io.github.ppgtest.cli.Json;
import io.github.ppgtest.cli.Table;
import io.github.ppgtest.management.ManagementApi;
import io.github.ppgtest.management.Region;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the regions of databases. */
@Command(
    name = "regions",
    description =
        "Lists the regions that databases can be created in, and whether they take any now.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppgtest regions",
      "  ppgtest regions --json | jq -r '.[] | select(.status == \"available\") | .id'"
    })
public final class RegionsCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public void run() {
    List<Shown> regions;
    try (ManagementApi api = Account.openApi()) {
      regions = api.regions().list().stream().map(Shown::of).toList();
    }
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (json) {
      Json.print(out, regions);
      return;
    }
    Table table = Table.of("ID", "NAME", "STATUS");
    regions.forEach(region -> table.row(region.id(), region.name(), region.status()));
    table.print(out);
  }

  record Shown(String id, String name, String status) {
    static Shown of(Region region) {
      return new Shown(region.id(), region.name(), region.status().name().toLowerCase(Locale.ROOT));
    }
  }
}
