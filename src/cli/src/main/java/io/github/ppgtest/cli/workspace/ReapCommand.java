package io.github.ppgtest.cli.workspace;

import io.github.ppgtest.ReapReport;
import io.github.ppgtest.Reaper;
import io.github.ppgtest.cli.Json;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Deletes the databases of vanished machines. */
@Command(
    name = "reap",
    description = {
      "Deletes what machines left in the cloud that vanished before they could clean up: databases and"
          + " projects that ppgtest made, and that are past the time in their names by five minutes.",
      "Looks at the workspace, or at the project that PPGTEST_PROJECT_ID names. Leaves what others"
          + " made and what is still wanted. A nightly job is a good place for it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppgtest reap --dry-run   # what would be deleted, and why the rest stays",
      "  ppgtest reap"
    })
public final class ReapCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--dry-run", description = "Only says what it would delete.")
  private boolean dryRun;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Reaper reaper = Account.cloud().reaper();
    ReapReport report = dryRun ? reaper.dryRun() : reaper.reap();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (json) {
      Json.print(out, Shown.of(report));
    } else {
      out.println(report.summary());
    }
    int failed = report.failed().size();
    if (failed > 0) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("ppgtest: %d could not be deleted. Run it again later.".formatted(failed));
      return 1;
    }
    return 0;
  }

  record Shown(boolean dryRun, List<Item> items) {
    static Shown of(ReapReport report) {
      return new Shown(report.isDryRun(), report.items().stream().map(Item::of).toList());
    }
  }

  record Item(
      String kind,
      String id,
      String name,
      String project,
      boolean ppgtest,
      Instant createdAt,
      @Nullable Instant until,
      String fate,
      String reason) {
    static Item of(ReapReport.Item item) {
      return new Item(
          item.kind().name().toLowerCase(Locale.ROOT),
          item.id(),
          item.name(),
          item.projectId(),
          item.isOurs(),
          item.createdAt(),
          item.deadline(),
          item.fate().name().toLowerCase(Locale.ROOT),
          item.reason());
    }
  }
}
