package io.github.ppgtest.emulator.internal.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The roles that log in, each to one database. All of a database share what any of them makes: the
 * first is an ordinary role, and the further ones act as that one. Thread-safe.
 */
final class Logins {
  private static final String OWNER = PreparedCluster.OWNER;

  private static final int LONGEST_NAME = 63;

  private final AdminConnections admin;

  /** The database of each login, oldest first. Guarded by this. */
  private final Map<String, String> databases = new LinkedHashMap<>();

  Logins(AdminConnections admin) {
    this.admin = admin;
  }

  synchronized void create(String database, String username, String password) {
    String name = Sql.identifier(username);
    String principal = of(database).stream().findFirst().orElse(null);
    try (Connection connection = admin.get()) {
      Sql.execute(
          connection,
          "CREATE ROLE "
              + name
              + " LOGIN BYPASSRLS IN ROLE "
              + (principal == null ? OWNER : Sql.identifier(principal))
              + " PASSWORD "
              + Sql.literal(password),
          "GRANT CONNECT ON DATABASE " + Sql.identifier(database) + " TO " + name);
      databases.put(username, database);
      if (principal != null) {
        actAs(connection, username, principal);
      }
    } catch (SQLException e) {
      throw Sql.failure("create a login to database " + database, e);
    }
  }

  /** Ends a login's sessions and removes it; what it made stays with the others. */
  synchronized void drop(String username) {
    String database = databases.get(username);
    if (database == null) {
      return;
    }
    try (Connection connection = admin.get()) {
      // From here on it cannot come back; then those sessions that are there are ended.
      Sql.execute(connection, "ALTER ROLE " + Sql.identifier(username) + " NOLOGIN");
      Sql.endSessions(connection, "usename = ?", username);
      if (Sql.exists(connection, "SELECT FROM pg_database WHERE datname = ?", database)) {
        handOver(connection, database, username);
      }
      Sql.execute(connection, "DROP ROLE " + Sql.identifier(username));
      databases.remove(username);
    } catch (SQLException e) {
      throw Sql.failure("drop a login of database " + database, e);
    }
  }

  private List<String> of(String database) {
    return databases.entrySet().stream()
        .filter(login -> login.getValue().equals(database))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Everything of the first login goes to the second, as whom the further ones then act. */
  private void handOver(Connection connection, String database, String username)
      throws SQLException {
    List<String> heirs = of(database).stream().filter(login -> !login.equals(username)).toList();
    boolean first = of(database).get(0).equals(username);
    String heir = heirs.isEmpty() ? null : heirs.get(0);
    if (first && heir != null) {
      Sql.execute(connection, "GRANT " + OWNER + " TO " + Sql.identifier(heir));
      Sql.execute(connection, "ALTER ROLE " + Sql.identifier(heir) + " RESET role");
      for (String other : heirs.subList(1, heirs.size())) {
        Sql.execute(connection, "GRANT " + Sql.identifier(heir) + " TO " + Sql.identifier(other));
        actAs(connection, other, heir);
      }
    }
    reassign(database, username, first ? heir : of(database).get(0));
  }

  private void reassign(String database, String username, @Nullable String heir)
      throws SQLException {
    try (Connection connection = admin.to(database)) {
      Sql.execute(
          connection,
          "REASSIGN OWNED BY "
              + Sql.identifier(username)
              + " TO "
              + Sql.identifier(heir == null ? OWNER : heir));
      Sql.execute(connection, "DROP OWNED BY " + Sql.identifier(username));
    }
  }

  private static void actAs(Connection connection, String username, String principal)
      throws SQLException {
    // As PostgreSQL keeps names: a longer one would be a notice at each login.
    String kept = principal.substring(0, Math.min(principal.length(), LONGEST_NAME));
    Sql.execute(
        connection, "ALTER ROLE " + Sql.identifier(username) + " SET role = " + Sql.literal(kept));
  }
}
