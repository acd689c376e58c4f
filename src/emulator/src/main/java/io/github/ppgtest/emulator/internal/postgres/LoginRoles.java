package io.github.ppgtest.emulator.internal.postgres;

import io.github.ppgtest.emulator.UserLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The roles that log in, each to one database. All roles of a database share its objects: the first
 * is an ordinary role, and the further ones act as that one. Thread-safe.
 */
final class LoginRoles {
  private static final UserLog log = UserLog.of(LoginRoles.class.getName());

  private static final String OWNER = PreparedCluster.OWNER;

  private static final String OPEN = "SELECT FROM pg_database WHERE datname = ? AND datallowconn";

  /** The roles that own objects, or have privileges, in a database. */
  private static final String STRANGERS =
      "SELECT DISTINCT r.rolname FROM pg_shdepend s"
          + " JOIN pg_roles r ON r.oid = s.refobjid AND s.refclassid = 'pg_authid'::regclass"
          + " WHERE s.dbid = (SELECT oid FROM pg_database WHERE datname = ?)"
          + " AND NOT r.rolsuper AND r.rolname <> '"
          + OWNER
          + "'";

  /** Replaces a role in policies by another; else the policies would be dropped. */
  private static final List<String> POLICIES =
      List.of(
          "SELECT format('ALTER POLICY %I ON %s TO %s', p.polname, p.polrelid::regclass,"
              + " (SELECT string_agg(DISTINCT quote_ident("
              + "CASE r.oid WHEN s.oid THEN ",
          " ELSE r.rolname::text END), ', ')"
              + " FROM pg_roles r WHERE r.oid = ANY (p.polroles)))"
              + " FROM pg_policy p JOIN pg_roles s ON s.oid = ANY (p.polroles)"
              + " WHERE s.rolname = ?::name");

  private static final String DEPENDED_ON = "2BP01";

  /** A login's remaining objects or privileges in its own database. */
  private static final String IN_ITS_DATABASE =
      "SELECT FROM pg_shdepend s JOIN pg_roles r ON r.oid = s.refobjid"
          + " AND s.refclassid = 'pg_authid'::regclass WHERE r.rolname = ?::name"
          + " AND s.dbid IN (0, (SELECT oid FROM pg_database WHERE datname = ?))";

  /** At least as many as a run may still have the URLs of. */
  static final int RETIRED = 200;

  private final AdminConnections admin;

  /** The logins of dropped databases, oldest first. Guarded by this. */
  private final Queue<String> retired = new ArrayDeque<>();

  /** The database of each login, oldest first. Guarded by this. */
  private final Map<String, String> databases = new LinkedHashMap<>();

  LoginRoles(AdminConnections admin) {
    this.admin = admin;
  }

  /**
   * Creates one.
   *
   * @param verifier the verifier of its password
   */
  synchronized void create(String database, String username, String verifier) {
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
              + Sql.literal(verifier),
          admission(database, username));
      databases.put(username, database);
      if (principal != null) {
        actAs(connection, username, principal);
      } else if (Sql.exists(connection, RoleSettings.KEPT, database)
          || DefaultPrivileges.areKept(connection, database)) {
        inherit(connection, database, username);
      }
    } catch (SQLException e) {
      throw Sql.failure("create a login to database " + database, e);
    }
  }

  /** Changes a login's password; its sessions stay. */
  void changePassword(String username, String verifier) {
    try (Connection connection = admin.get()) {
      Sql.execute(
          connection,
          "ALTER ROLE " + Sql.identifier(username) + " PASSWORD " + Sql.literal(verifier));
    } catch (SQLException e) {
      throw Sql.failure("change the password of a login", e);
    }
  }

  /** Lets all logins of a replaced database into the one that has its name now. */
  synchronized void admitTo(String database) {
    try (Connection connection = admin.get()) {
      List<String> roles = of(database);
      for (String username : roles) {
        Sql.execute(connection, admission(database, username));
      }
      if (!roles.isEmpty()) {
        inherit(connection, database, roles.get(0));
        for (String further : roles.subList(1, roles.size())) {
          actAs(connection, further, roles.get(0));
        }
      }
    } catch (SQLException e) {
      throw Sql.failure("let the logins of database " + database + " in", e);
    }
  }

  /**
   * Takes a copy from the logins of its source, and gives their objects and privileges to the role
   * that every login belongs to: so the copy's own logins inherit them, and the source's can be
   * dropped. Settings of the source's first login are kept for the copy's first.
   */
  synchronized void disown(String copy, String source) {
    keepSettings(source, copy);
    List<String> strangers = strangers(copy);
    if (strangers.isEmpty()) {
      // A backup's, which has been disowned itself.
      return;
    }
    try (Connection connection = admin.to(copy);
        LockWait wait = new LockWait(admin, connection)) {
      wait.begin();
      for (String username : strangers) {
        List<String> statements = reassignments(connection, username, OWNER);
        // The dropped rest is the login's right to connect to its own database.
        databases.forEach(
            (login, own) -> {
              if (Sql.kept(login).equals(username)) {
                statements.add(admission(own, login));
              }
            });
        Sql.executeTogether(connection, statements);
      }
    } catch (SQLException e) {
      throw Sql.failure("hand over what is in database " + copy, e);
    }
  }

  private void keepSettings(String source, String copy) {
    List<String> roles = of(source);
    if (roles.isEmpty()) {
      return;
    }
    try (Connection connection = admin.get()) {
      Sql.executeTogether(connection, RoleSettings.keep(roles.get(0), source, copy));
    } catch (SQLException e) {
      throw Sql.failure("copy what is set for the logins of database " + source, e);
    }
  }

  /** Gives the first login of a database the settings and privileges that are kept for it. */
  private void inherit(Connection connection, String database, String username)
      throws SQLException {
    Sql.executeTogether(connection, RoleSettings.handOver(database, username));
    if (DefaultPrivileges.areKept(connection, database)) {
      DefaultPrivileges.handOver(admin, database, username);
    }
  }

  private List<String> strangers(String database) {
    try (Connection connection = admin.get()) {
      return Sql.texts(connection, STRANGERS, database);
    } catch (SQLException e) {
      throw Sql.failure("find the owners of objects in database " + database, e);
    }
  }

  private static String admission(String database, String username) {
    return "GRANT CONNECT ON DATABASE "
        + Sql.identifier(database)
        + " TO "
        + Sql.identifier(username);
  }

  /**
   * Retires a login of a dropped database, and drops the oldest retired one when there are too
   * many.
   *
   * @return its database; empty where there is no such login
   */
  Optional<String> retire(String username) {
    String oldest;
    String database;
    synchronized (this) {
      database = databases.get(username);
      retired.add(username);
      oldest = retired.size() > RETIRED ? retired.remove() : null;
    }
    if (oldest != null) {
      drop(oldest);
    }
    return Optional.ofNullable(database);
  }

  /** Ends a login's sessions and removes it; its objects stay with the others. */
  synchronized void drop(String username) {
    String database = databases.get(username);
    if (database == null) {
      return;
    }
    try (Connection connection = admin.get();
        LockWait wait = new LockWait(admin, connection)) {
      wait.begin();
      // From here on no new session can begin; then the present ones are ended.
      Sql.execute(connection, "ALTER ROLE " + Sql.identifier(username) + " NOLOGIN");
      // A login of a dropped database has no session and no right left.
      if (Sql.exists(connection, "SELECT FROM pg_database WHERE datname = ?", database)) {
        Sql.endSessions(connection, "usename = ?::name", username);
        takeEverything(connection, database, username);
      }
      dropRole(connection, username);
      databases.remove(username);
    } catch (SQLException e) {
      throw Sql.failure("drop a login of database " + database, e);
    }
  }

  /**
   * Drops a role without objects. Logins of other databases may have granted it privileges there,
   * and keep granting: then it stays, as a role that cannot log in.
   */
  private void dropRole(Connection connection, String username) throws SQLException {
    try {
      Sql.execute(connection, "DROP ROLE " + Sql.identifier(username));
    } catch (SQLException e) {
      if (!DEPENDED_ON.equals(e.getSQLState())
          || Sql.exists(connection, IN_ITS_DATABASE, username, databases.get(username))) {
        throw e;
      }
      log.debug("A login stays as a role: {}", e.getMessage(), e);
    }
  }

  private void takeEverything(Connection connection, String database, String username)
      throws SQLException {
    if (Sql.exists(connection, OPEN, database)) {
      handOver(connection, database, username);
    } else {
      // It was never in a database that admits no sessions, and may only connect to it.
      Sql.execute(connection, "DROP OWNED BY " + Sql.identifier(username));
    }
  }

  private List<String> of(String database) {
    return databases.entrySet().stream()
        .filter(login -> login.getValue().equals(database))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Hands the first login's objects to the second, as whom the further ones then act. */
  private void handOver(Connection connection, String database, String username)
      throws SQLException {
    List<String> heirs = of(database).stream().filter(login -> !login.equals(username)).toList();
    boolean first = of(database).get(0).equals(username);
    String heir = heirs.isEmpty() ? null : heirs.get(0);
    if (first && heir != null) {
      Sql.execute(connection, "GRANT " + OWNER + " TO " + Sql.identifier(heir));
      Sql.executeTogether(connection, RoleSettings.copyOf(username, heir));
      for (String other : heirs.subList(1, heirs.size())) {
        Sql.execute(connection, "GRANT " + Sql.identifier(heir) + " TO " + Sql.identifier(other));
        actAs(connection, other, heir);
      }
    }
    if (heirs.isEmpty()) {
      Sql.executeTogether(connection, RoleSettings.keep(username, database, database));
    }
    reassign(database, username, first ? heir : of(database).get(0));
  }

  private void reassign(String database, String username, @Nullable String heir)
      throws SQLException {
    try (Connection connection = admin.to(database);
        LockWait wait = new LockWait(admin, connection)) {
      wait.begin();
      Sql.executeTogether(
          connection, reassignments(connection, username, heir == null ? OWNER : heir));
    }
  }

  /**
   * Returns the statements that give a login's objects and privileges to another role; the
   * connection is to its database.
   */
  private static List<String> reassignments(Connection connection, String username, String heir)
      throws SQLException {
    List<String> statements =
        new ArrayList<>(
            Sql.texts(connection, String.join(Sql.literal(Sql.kept(heir)), POLICIES), username));
    statements.addAll(DefaultPrivileges.copy(connection, username, heir));
    String name = Sql.identifier(username);
    statements.add("REASSIGN OWNED BY " + name + " TO " + Sql.identifier(heir));
    statements.add("DROP OWNED BY " + name);
    return statements;
  }

  private static void actAs(Connection connection, String username, String principal)
      throws SQLException {
    Sql.executeTogether(connection, RoleSettings.copyOf(principal, username));
    // Cut as PostgreSQL cuts names: a longer one would be a notice at each login.
    Sql.execute(
        connection,
        "ALTER ROLE "
            + Sql.identifier(username)
            + " SET role = "
            + Sql.literal(Sql.kept(principal)));
  }
}
