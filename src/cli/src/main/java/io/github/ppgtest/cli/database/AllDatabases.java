package io.github.ppgtest.cli.database;

import io.github.ppgtest.ExistingDatabases;
import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.cli.workspace.Account;

/** The databases that commands look up. */
final class AllDatabases {
  private AllDatabases() {}

  static ExistingDatabases open() {
    PrismaPostgresFixture.Builder builder = PrismaPostgresFixture.builder();
    Account.applyTo(builder);
    return builder.admin().existingDatabases();
  }

  /** Returns the exception for a database that does not exist. */
  static IllegalArgumentException unknown(String idOrName) {
    return new IllegalArgumentException(
        "There is no database %s. To see which there are: ppgtest list".formatted(idOrName));
  }

  /** Returns whether a text may be an id or a name of ppgtest's databases. */
  static boolean isPlausible(String idOrName) {
    return idOrName.matches("db_.+|ppgtest_.+_[0-9a-f]{8}.*");
  }
}
