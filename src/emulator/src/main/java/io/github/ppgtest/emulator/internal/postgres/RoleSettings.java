package io.github.ppgtest.emulator.internal.postgres;

import java.util.List;

/**
 * The settings that {@code ALTER ROLE … SET} has given the first login of a database, as SQL for
 * the superuser. They have to go with the database into copies, which have another login. A
 * database without logins keeps them as settings of {@link PreparedCluster#KEEPER} in that
 * database, which has no sessions: each value with a prefix that says whether it was set for one
 * database.
 */
final class RoleSettings {
  private static final String EVERYWHERE = "everywhere ";
  private static final String HERE = "here ";

  /** The kept values of a database without logins; its name is the parameter. */
  static final String KEPT =
      "SELECT pg_catalog.unnest(s.setconfig) FROM pg_catalog.pg_db_role_setting s"
          + " JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase WHERE d.datname = ?"
          + " AND s.setrole = "
          + role(PreparedCluster.KEEPER);

  private RoleSettings() {}

  /** Keeps the settings of a database's login, for this or another database. */
  static List<String> keep(String login, String database, String copy) {
    return List.of(
        forget(copy),
        "INSERT INTO pg_catalog.pg_db_role_setting SELECT %s, %s, pg_catalog.array_agg(CASE s.setdatabase WHEN 0 THEN '%s' ELSE '%s' END || v.value ORDER BY s.setdatabase, v.place)"
                .formatted(database(copy), role(PreparedCluster.KEEPER), EVERYWHERE, HERE)
            + " FROM pg_catalog.pg_db_role_setting s, pg_catalog.unnest(s.setconfig) WITH ORDINALITY v (value, place)"
            + " WHERE s.setrole = %s AND s.setdatabase IN (0, %s) HAVING pg_catalog.count(*) > 0"
                .formatted(role(login), database(database)));
  }

  /** Keeps these values for a database. */
  static String keep(List<String> values, String database) {
    return "INSERT INTO pg_catalog.pg_db_role_setting VALUES (%s, %s, ARRAY[%s])"
        .formatted(
            database(database),
            role(PreparedCluster.KEEPER),
            String.join(", ", values.stream().map(Sql::literal).toList()));
  }

  /** Copies the source's kept settings to a copy. */
  static String copy(String source, String copy) {
    return "INSERT INTO pg_catalog.pg_db_role_setting SELECT %s, s.setrole, s.setconfig FROM pg_catalog.pg_db_role_setting s WHERE s.setdatabase = %s AND s.setrole = %s"
        .formatted(database(copy), database(source), role(PreparedCluster.KEEPER));
  }

  /** Gives a login its database's kept settings, and nothing else. */
  static List<String> handOver(String database, String login) {
    return List.of(
        "DELETE FROM pg_catalog.pg_db_role_setting WHERE setrole = " + role(login),
        take("0", EVERYWHERE, database, login),
        take(database(database), HERE, database, login),
        forget(database));
  }

  private static String take(String scope, String word, String database, String login) {
    return "INSERT INTO pg_catalog.pg_db_role_setting SELECT %s, %s, pg_catalog.array_agg(pg_catalog.substr(v.value, %d) ORDER BY v.place)"
            .formatted(scope, role(login), word.length() + 1)
        + " FROM pg_catalog.pg_db_role_setting s, pg_catalog.unnest(s.setconfig) WITH ORDINALITY v (value, place)"
        + " WHERE s.setdatabase = %s AND s.setrole = %s AND pg_catalog.starts_with(v.value, '%s') HAVING pg_catalog.count(*) > 0"
            .formatted(database(database), role(PreparedCluster.KEEPER), word);
  }

  /** Gives a login another's settings, and nothing else. */
  static List<String> copyOf(String other, String login) {
    return List.of(
        "DELETE FROM pg_catalog.pg_db_role_setting WHERE setrole = " + role(login),
        "INSERT INTO pg_catalog.pg_db_role_setting SELECT setdatabase, %s, setconfig FROM pg_catalog.pg_db_role_setting WHERE setrole = %s"
            .formatted(role(login), role(other)));
  }

  private static String forget(String database) {
    return "DELETE FROM pg_catalog.pg_db_role_setting WHERE setdatabase = %s AND setrole = %s"
        .formatted(database(database), role(PreparedCluster.KEEPER));
  }

  private static String role(String name) {
    return "(SELECT oid FROM pg_catalog.pg_roles WHERE rolname = %s)"
        .formatted(Sql.literal(Sql.kept(name)));
  }

  private static String database(String name) {
    return "(SELECT oid FROM pg_catalog.pg_database WHERE datname = %s)"
        .formatted(Sql.literal(Sql.kept(name)));
  }
}
