package io.github.ppgtest.emulator.internal.postgres;

import java.util.OptionalInt;

/**
 * What the Management API needs of a database server: databases that come and go, and logins that
 * reach one database each. Implementations are safe for use by many threads.
 */
public interface DatabaseEngine extends AutoCloseable {

  /** The host that clients connect to. */
  String host();

  /** The TCP port that clients connect to. */
  int port();

  /**
   * Creates an empty database and returns when it can be connected to.
   *
   * @throws DatabaseEngineException when the server refuses or is gone
   */
  void createDatabase(String database);

  /** Ends the sessions of a database and drops it. One that does not exist is no error. */
  void dropDatabase(String database);

  /** Creates a role that may log in with this password, to this database only. */
  void createLogin(String database, String username, String password);

  /** Ends the sessions of a role and drops it. One that does not exist is no error. */
  void dropLogin(String username);

  /**
   * Ends those sessions of a database that wait for their client, outside of any transaction.
   *
   * @return how many; empty where there is no such database
   */
  OptionalInt endIdleSessions(String database);

  /** Ends every session and the server, and removes what it wrote. Idempotent. */
  @Override
  void close();
}
