package io.github.ppgtest.cli.workspace;

import io.github.ppgtest.cli.Table;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The usage of databases, one by one and in sum.
 *
 * @param ppgtest the sum of ppgtest's databases
 * @param others the sum of the others
 * @param all the sum of all
 */
record UsageReport(List<DatabaseUsage> databases, UsageSum ppgtest, UsageSum others, UsageSum all) {
  private static final BigDecimal MIB_IN_GIB = BigDecimal.valueOf(1024);

  static UsageReport of(List<DatabaseUsage> databases) {
    return new UsageReport(
        List.copyOf(databases),
        UsageSum.of(databases.stream().filter(DatabaseUsage::ppgtest).toList()),
        UsageSum.of(databases.stream().filter(database -> !database.ppgtest()).toList()),
        UsageSum.of(databases));
  }

  /** Prints it for people. */
  void print(PrintWriter out) {
    Table table = Table.of("DATABASE", "ID", "MADE BY", "OPERATIONS", "STORAGE");
    databases.forEach(
        database ->
            table.row(
                database.name(),
                database.id(),
                database.ppgtest() ? "ppgtest" : "others",
                Long.toString(database.operations()),
                mebibytes(database.storageGiB())));
    row(table, "together", "ppgtest", ppgtest);
    row(table, "together", "others", others);
    row(table, "together", "all", all);
    table.print(out);
    if (!databases.isEmpty()) {
      // The API may choose the period, for all of them the same but for some milliseconds.
      Instant from = databases.stream().map(DatabaseUsage::from).min(Instant::compareTo).get();
      Instant to = databases.stream().map(DatabaseUsage::to).max(Instant::compareTo).get();
      out.println();
      out.println("From %s to %s; storage as it is now.".formatted(from, to));
    }
  }

  private static void row(Table table, String name, String madeBy, UsageSum sum) {
    table.row(
        name,
        sum.databases() + (sum.databases() == 1 ? " database" : " databases"),
        madeBy,
        Long.toString(sum.operations()),
        mebibytes(sum.storageGiB()));
  }

  private static String mebibytes(BigDecimal gibibytes) {
    return String.format(
        Locale.ROOT,
        "%s MiB",
        gibibytes.multiply(MIB_IN_GIB).setScale(1, RoundingMode.HALF_UP).toPlainString());
  }
}
