package io.github.ppgtest.cli.workspace;

import java.math.BigDecimal;
import java.util.List;

/**
 * The total usage of databases.
 *
 * @param databases the number of databases
 */
record UsageSum(int databases, long operations, BigDecimal storageGiB) {
  static UsageSum of(List<DatabaseUsage> databases) {
    return new UsageSum(
        databases.size(),
        databases.stream().mapToLong(DatabaseUsage::operations).sum(),
        databases.stream().map(DatabaseUsage::storageGiB).reduce(BigDecimal.ZERO, BigDecimal::add));
  }
}
