package io.github.ppgtest.cli.database;

import io.github.ppgtest.ExistingDatabases;
import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.cli.workspace.Account;

/** The databases that commands find. */
final class AllDatabases {
  private AllDatabases() {}

  static ExistingDatabases open() {
    PrismaPostgresFixture.Builder builder = PrismaPostgresFixture.builder();
    Account.applyTo(builder);
    return builder.build().existingDatabases();
  }

  /** Says that one is not there. */
  static IllegalArgumentException unknown(String idOrName) {
    return new IllegalArgumentException(
        "There is no database %s. To see which there are: ppgtest list".formatted(idOrName));
  }

  /** Tells whether something may have been the id or the name of a database of ppgtest's. */
  static boolean isPlausible(String idOrName) {
    return idOrName.matches("db_.+|ppgtest_.+_[0-9a-f]{8}.*");
  }
}
