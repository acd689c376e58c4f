package io.github.ppgtest.emulator.internal.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * All that PostgreSQL's catalogs say of a database, with names in the place of numbers: so those of
 * two databases can be compared. Also what is in its tables, sequences and large objects.
 */
final class CatalogDump {
  /** Numbers, and what follows from when something was done. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "oid",
          "relfilenode",
          "relfrozenxid",
          "relminmxid",
          "relpages",
          "reltuples",
          "relallvisible",
          "indcheckxmin",
          "datfrozenxid",
          "datminmxid");

  /** Tables that are of all databases: which of their rows are of this one. */
  private static final Map<String, String> SHARED =
      Map.of(
          "pg_database", "datname = current_database()",
          "pg_db_role_setting",
              "setrole = session_user::regrole AND setdatabase IN (0, (SELECT oid FROM pg_database"
                  + " WHERE datname = current_database()))",
          "pg_shdepend", "dbid = (SELECT oid FROM pg_database WHERE datname = current_database())",
          "pg_auth_members", "member = session_user::regrole",
          "pg_parameter_acl", "true");

  /** What there is more of than one can look at, and which of it a user has made. */
  private static final Map<String, String> LARGE =
      Map.of(
          "pg_proc", "oid >= 16384",
          "pg_type", "oid >= 16384",
          "pg_operator", "oid >= 16384",
          "pg_class", "oid >= 16384",
          "pg_collation", "oid >= 16384",
          "pg_attribute", "attrelid >= 16384",
          "pg_description", "objoid >= 16384");

  private static final List<String> DEFINITIONS =
      List.of(
          "SELECT conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint WHERE oid >= 16384 AND contype <> 't'",
          "SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indexrelid >= 16384 AND indrelid NOT IN (SELECT oid FROM pg_class WHERE relkind = 't')",
          "SELECT ev_class::regclass, pg_get_ruledef(oid) FROM pg_rewrite WHERE oid >= 16384",
          "SELECT regexp_replace(pg_get_triggerdef(oid), '_[ac]_\\d+', '') FROM pg_trigger",
          "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE oid >= 16384 AND prokind <> 'a'",
          "SELECT adrelid::regclass, adnum, pg_get_expr(adbin, adrelid) FROM pg_attrdef",
          "SELECT schemaname, tablename, policyname, permissive, roles::text, cmd, qual, with_check FROM pg_policies",
          "SELECT pg_get_statisticsobjdef(oid) FROM pg_statistic_ext",
          "SELECT oid::regclass, pg_get_partkeydef(oid), pg_get_expr(relpartbound, oid) FROM pg_class WHERE relkind = 'p' OR relispartition",
          "SELECT oid::regtype, typdefault FROM pg_type WHERE typdefault IS NOT NULL",
          "SELECT * FROM pg_sequences",
          "SELECT oid, encode(lo_get(oid), 'hex') FROM pg_largeobject_metadata",
          "SELECT oid::regclass, query_to_xml('SELECT * FROM ' || oid::regclass || ' t ORDER BY t::text', true, false, '') FROM pg_class WHERE relkind IN ('r', 'm', 'p') AND relispopulated AND oid >= 16384",
          "SELECT schemaname, tablename, tableowner FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
          "SELECT name, setting FROM pg_settings WHERE source IN ('user', 'database user')");

  private final Connection connection;
  private final Map<String, Reference> references = new HashMap<>();

  private record Reference(String table, boolean isArray) {}

  private CatalogDump(Connection connection) {
    this.connection = connection;
  }

  /**
   * Reads all that this connection's login can see.
   *
   * @return lines, in which the login and the role that it belongs to are {@code owner}
   */
  static SortedSet<String> of(Connection connection, String login, String database)
      throws SQLException {
    SortedSet<String> lines = new TreeSet<>();
    // So that names are given in full, whatever path a role has.
    for (String line : new CatalogDump(connection).read()) {
      lines.add(
          line.replace(login, "owner")
              .replace(PreparedCluster.OWNER, "owner")
              .replace(database, "database")
              .replaceAll("(pg_toast_|RI_ConstraintTrigger_[ac]_)\\d+", "$1n"));
    }
    return lines;
  }

  private List<String> read() throws SQLException {
    List<String> lines = new ArrayList<>(rows("settings", DEFINITIONS.get(DEFINITIONS.size() - 1)));
    execute("SET search_path = pg_catalog");
    for (List<String> reference :
        table(
            "SELECT fktable::text || '.' || fkcols[1], pktable::text, is_array::text"
                + " FROM pg_get_catalog_foreign_keys() WHERE array_length(fkcols, 1) = 1")) {
      references.put(
          reference.get(0), new Reference(reference.get(1), reference.get(2).equals("true")));
    }
    for (List<String> catalog :
        table(
            "SELECT relname, relisshared::text FROM pg_class WHERE relkind = 'r'"
                + " AND relnamespace = 'pg_catalog'::regnamespace AND relname <> 'pg_statistic_ext_data'"
                + " AND has_table_privilege(oid, 'SELECT')")) {
      String name = catalog.get(0);
      boolean isShared = catalog.get(1).equals("true");
      if (!isShared || SHARED.containsKey(name)) {
        String which = isShared ? SHARED.get(name) : LARGE.getOrDefault(name, "true");
        lines.addAll(rows(name, "SELECT " + columns(name) + " FROM " + name + " WHERE " + which));
      }
    }
    for (String definition : DEFINITIONS.subList(0, DEFINITIONS.size() - 1)) {
      lines.addAll(rows("definition", definition));
    }
    return lines;
  }

  private String columns(String catalog) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (List<String> column :
        table(
            "SELECT attname, atttypid::regtype::text FROM pg_attribute WHERE attnum > 0"
                + " AND attrelid = '%s'::regclass ORDER BY attnum".formatted(catalog))) {
      String name = column.get(0);
      if ((!LEFT_OUT.contains(name) || catalog.equals("pg_largeobject_metadata"))
          && !column.get(1).equals("pg_node_tree")) {
        columns.add("'" + name + "=' || coalesce((" + value(catalog, name) + ")::text, '-')");
      }
    }
    return String.join(", ", columns);
  }

  private String value(String catalog, String column) {
    Reference reference = references.get(catalog + "." + column);
    if (reference != null && !reference.isArray) {
      return name(reference.table, column);
    }
    if (reference != null) {
      return "SELECT string_agg(%s, ',' ORDER BY place) FROM unnest(%s) WITH ORDINALITY u (x, place)"
          .formatted(name(reference.table, "x"), column);
    }
    return switch (column) {
      case "objid", "refobjid", "objoid" -> {
        String prefix = column.startsWith("ref") ? "ref" : "";
        boolean hasPart = !catalog.equals("pg_shdepend") || prefix.isEmpty();
        yield "CASE WHEN %1$s = 1260 THEN pg_get_userbyid(%2$s)::text ELSE (SELECT type || ' ' || identity FROM pg_identify_object(%1$s, %2$s, %3$s)) END"
            .formatted(
                prefix + (column.equals("objoid") ? "classoid" : "classid"),
                column,
                hasPart ? prefix + "objsubid" : "0");
      }
      default -> column;
    };
  }

  private static String name(String table, String value) {
    return switch (table) {
      case "pg_authid" ->
          "CASE WHEN %1$s = 0 THEN '-' ELSE pg_get_userbyid(%1$s)::text END".formatted(value);
      case "pg_database" ->
          "(SELECT datname::text FROM pg_database d WHERE d.oid = %s)".formatted(value);
      default ->
          "(SELECT identity FROM pg_identify_object('%s'::regclass, %s, 0))"
              .formatted(table, value);
    };
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> rows(String name, String query) throws SQLException {
    return table(query).stream().map(row -> name + ": " + String.join(", ", row)).toList();
  }

  private List<List<String>> table(String query) throws SQLException {
    List<List<String>> table = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(rows.getString(i)));
        }
        table.add(row);
      }
    } catch (SQLException e) {
      throw new SQLException(query + ": " + e.getMessage(), e.getSQLState(), e);
    }
    return table;
  }
}
