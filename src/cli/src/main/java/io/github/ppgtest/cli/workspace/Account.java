package io.github.ppgtest.cli.workspace;

import io.github.ppgtest.PrismaPostgresFixture;

/** As whom the commands speak to the cloud. */
public final class Account {
  private Account() {}

  /** Has a fixture use the login that there is, where no token is configured. */
  public static void applyTo(PrismaPostgresFixture.Builder builder) {}
}
