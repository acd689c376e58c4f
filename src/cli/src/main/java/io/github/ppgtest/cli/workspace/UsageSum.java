package io.github.ppgtest.cli.workspace;

import java.math.BigDecimal;
import java.util.List;

/**
 * What databases used together.
 *
 * @param databases how many they are
 */
record UsageSum(int databases, long operations, BigDecimal storageGiB) {
  static UsageSum of(List<DatabaseUsage> databases) {
    return new UsageSum(
        databases.size(),
        databases.stream().mapToLong(DatabaseUsage::operations).sum(),
        databases.stream().map(DatabaseUsage::storageGiB).reduce(BigDecimal.ZERO, BigDecimal::add));
  }
}
