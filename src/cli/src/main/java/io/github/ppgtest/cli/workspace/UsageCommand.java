package io.github.ppgtest.cli.workspace;

import io.github.ppgtest.PrismaPostgresAdmin;
import io.github.ppgtest.ReapReport;
import io.github.ppgtest.cli.Json;
import io.github.ppgtest.management.ManagementApi;
import io.github.ppgtest.management.ResourceNotFoundException;
import io.github.ppgtest.management.Usage;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the usage of databases. */
@Command(
    name = "usage",
    description = {
      "Shows how many operations databases were billed in a period, and what they store: one by one,"
          + " and summed up for those that ppgtest made and for others.",
      "Looks at the workspace, or at the project that PPGTEST_PROJECT_ID names."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppgtest usage --from 2026-11-01 --to 2026-11-30",
      "  ppgtest usage shop --json | jq .all.operations"
    })
public final class UsageCommand implements Runnable {
  private final Clock clock = Clock.systemUTC();

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "DATABASE",
      description = "Ids or names. Default: all databases.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "DATE",
      converter = Moment.Converter.class,
      description =
          "The first day in UTC, or a moment: 2026-11-01, 2026-11-01T10:15:00Z. Default: the first of"
              + " the month of --to; without --to, what the API chooses.")
  private @Nullable Moment from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      converter = Moment.Converter.class,
      description = "The last day, or a moment, likewise. Default: now.")
  private @Nullable Moment to;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public void run() {
    CommandSpec command = Objects.requireNonNull(spec);
    Period period = period(command);
    UsageReport report = UsageReport.of(used(period));
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      Json.print(out, report);
    } else {
      report.print(out);
    }
  }

  private @Nullable Period period(CommandSpec command) {
    if (from == null && to == null) {
      return null;
    }
    Instant end = to == null ? clock.instant() : to.endUntilNow(clock);
    Instant start = from == null ? firstOfMonth(end) : from.beginning();
    if (start.isAfter(end)) {
      throw new ParameterException(
          command.commandLine(),
          "The period begins at %s, after its end, %s.".formatted(start, end));
    }
    return new Period(start, end);
  }

  /** Returns the first of the month of a period's end: the end of a month is not the next one. */
  private static Instant firstOfMonth(Instant end) {
    return YearMonth.from(end.minusMillis(1).atOffset(ZoneOffset.UTC))
        .atDay(1)
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant();
  }

  private List<DatabaseUsage> used(@Nullable Period period) {
    PrismaPostgresAdmin cloud = Account.cloud();
    List<ReapReport.Item> databases = CloudDatabases.list(cloud).named(names);
    List<DatabaseUsage> used = new ArrayList<>();
    try (ManagementApi api = cloud.openManagementApi()) {
      for (ReapReport.Item database : databases) {
        usage(api, database.id(), period)
            .map(usage -> DatabaseUsage.of(database, usage))
            .ifPresent(used::add);
      }
    }
    return used;
  }

  private Optional<Usage> usage(ManagementApi api, String id, @Nullable Period period) {
    try {
      return Optional.of(
          period == null
              ? api.databases().usage(id)
              : api.databases().usage(id, period.start(), period.end()));
    } catch (ResourceNotFoundException e) {
      if (names.isEmpty()) {
        // Others delete databases while this lists them.
        return Optional.empty();
      }
      throw e;
    }
  }

  private record Period(Instant start, Instant end) {}
}
