package io.github.ppgtest.emulator.internal.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The privileges that {@code ALTER DEFAULT PRIVILEGES} has set for a role's future objects. No
 * reassignment moves them; where there are no logins, {@link PreparedCluster#OWNER} has them.
 */
final class DefaultPrivileges {
  /**
   * Those of a role in the connection's database, as statements that grant them to another role.
   */
  private static final String STATEMENTS =
      """
      WITH defaults AS (
        SELECT d.oid, d.defaclacl, k.kind, CASE WHEN n.oid IS NOT NULL THEN format(' IN SCHEMA %%I', n.nspname) END AS place
        FROM pg_catalog.pg_default_acl d
        JOIN pg_catalog.pg_roles r ON r.oid = d.defaclrole
        JOIN (VALUES ('r', 'TABLES'), ('S', 'SEQUENCES'), ('f', 'ROUTINES'), ('T', 'TYPES'), ('n', 'SCHEMAS'))
          k (type, kind) ON k.type = d.defaclobjtype::text
        LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace
        WHERE r.rolname = %1$s)
      SELECT format('ALTER DEFAULT PRIVILEGES FOR ROLE %%I REVOKE ALL ON %%s FROM PUBLIC, %%1$I', %2$s, kind)
      FROM defaults WHERE place IS NULL
      UNION ALL
      SELECT format('ALTER DEFAULT PRIVILEGES FOR ROLE %%I%%s GRANT %%s ON %%s TO %%s%%s', %2$s, place, a.privilege_type, kind,
        CASE WHEN a.grantee = 0 THEN 'PUBLIC' WHEN g.rolname = %1$s THEN quote_ident(%2$s) ELSE quote_ident(g.rolname) END,
        CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' END)
      FROM defaults CROSS JOIN aclexplode(defaclacl) a LEFT JOIN pg_catalog.pg_roles g ON g.oid = a.grantee""";

  private static final String OF_OWNER =
      "(SELECT oid FROM pg_roles WHERE rolname = '" + PreparedCluster.OWNER + "')";

  /** Whether a database of that name has any. */
  private static final String ANY =
      "SELECT FROM pg_shdepend s JOIN pg_database d ON d.oid = s.dbid"
          + " WHERE d.datname = ? AND s.classid = 'pg_default_acl'::regclass AND s.refobjid = "
          + OF_OWNER;

  private DefaultPrivileges() {}

  /** Returns the statements that copy one role's to another. */
  static List<String> copy(Connection inside, String from, String to) throws SQLException {
    return Sql.texts(
        inside, STATEMENTS.formatted(Sql.literal(Sql.kept(from)), Sql.literal(Sql.kept(to))));
  }

  /** Returns whether a database keeps any for its next login. */
  static boolean areKept(Connection outside, String database) throws SQLException {
    return Sql.exists(outside, ANY, database);
  }

  /** Gives a login those that its database keeps. */
  static void handOver(AdminConnections admin, String database, String login) throws SQLException {
    try (Connection inside = admin.to(database)) {
      List<String> statements = new ArrayList<>(copy(inside, PreparedCluster.OWNER, login));
      String kept = " IN (SELECT oid FROM pg_default_acl WHERE defaclrole = " + OF_OWNER + ")";
      String ofDefaults = " WHERE classid = 'pg_default_acl'::regclass AND objid" + kept;
      statements.add(
          "DELETE FROM pg_shdepend"
              + ofDefaults
              + " AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())");
      statements.add("DELETE FROM pg_depend" + ofDefaults);
      statements.add("DELETE FROM pg_default_acl WHERE defaclrole = " + OF_OWNER);
      Sql.executeTogether(inside, statements);
    }
  }
}
