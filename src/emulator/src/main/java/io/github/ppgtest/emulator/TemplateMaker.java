package io.github.ppgtest.emulator;

/**
 * Fills a database that is to be copied from then on.
 *
 * @since 0.1.0
 * @see PrismaPostgresEmulator#template
 */
@FunctionalInterface
public interface TemplateMaker {

  /**
   * Fills a database that is new and empty. An exception goes to the caller who asked for the
   * template, and the database is deleted. It must not ask for a template itself. Sessions that it
   * leaves open are ended.
   *
   * @param databaseId the id of the database, {@code db_…}; it is ready
   * @param connectionString a {@code postgres://} URL with credentials, good until this returns
   */
  void make(String databaseId, String connectionString);
}
