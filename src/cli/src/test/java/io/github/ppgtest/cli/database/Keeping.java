package io.github.ppgtest.cli.database;

import io.github.ppgtest.PrismaPostgresFixture;

/** A test run that keeps its database, and says so on its error stream. */
final class Keeping {
  private Keeping() {}

  public static void main(String[] arguments) {
    PrismaPostgresFixture fixture = PrismaPostgresFixture.create();
    fixture.start();
    fixture.keep();
    fixture.stop();
  }
}
