package io.github.ppgtest.cli.workspace;

import io.github.ppgtest.ReapReport;
import io.github.ppgtest.management.Usage;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * The usage of a database.
 *
 * @param project the id of its project
 * @param ppgtest whether ppgtest made it
 * @param from the period's beginning
 * @param to the period's end
 */
record DatabaseUsage(
    String id,
    String name,
    String project,
    boolean ppgtest,
    long operations,
    BigDecimal storageGiB,
    Instant from,
    Instant to) {

  static DatabaseUsage of(ReapReport.Item database, Usage usage) {
    return new DatabaseUsage(
        database.id(),
        database.name(),
        database.projectId(),
        database.isOurs(),
        usage.operations(),
        usage.storageGiB(),
        usage.start(),
        usage.end());
  }
}
