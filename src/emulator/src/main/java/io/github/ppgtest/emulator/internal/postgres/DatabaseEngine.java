package io.github.ppgtest.emulator.internal.postgres;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A database server as the Management API needs it: databases that come and go, and logins to one
 * database each. Implementations are safe for use by many threads.
 */
public interface DatabaseEngine extends AutoCloseable {

  /** The host that clients connect to. */
  String host();

  /** The TCP port that clients connect to. */
  int port();

  /**
   * The file, in PEM and readable for all, with the certificate that the server shows. It stays
   * when this engine is closed.
   */
  Path certificate();

  /**
   * Creates an empty database and returns when it can be connected to.
   *
   * @throws DatabaseEngineException when the server refuses or is gone
   */
  void createDatabase(String database);

  /**
   * Creates a database with another one's content of that moment, and the same privileges for its
   * logins. The sessions of the other go on; one that writes may wait a moment.
   *
   * @throws DatabaseEngineException also when the other is never without an open transaction that
   *     has written
   */
  void copyDatabase(String source, String database);

  /** Ends the sessions of a database and admits none from now on. */
  void closeDatabase(String database);

  /**
   * Turns a database into a template: it admits no sessions from now on, and copying it is as quick
   * as it can be. All its logins have been dropped.
   */
  void sealDatabase(String database);

  /** Returns whether a database was sealed, or is made of a saved one. Does not wait. */
  boolean isSealed(String database);

  /**
   * Creates a sealed database out of what {@link #saveTemplate} saved, here or in another process.
   *
   * @return false, and nothing is created, where nothing is saved that can be used
   */
  boolean takeTemplate(String key, String database);

  /** Saves a sealed database for other processes and other days, if that is possible. */
  void saveTemplate(String key, String database);

  /**
   * Runs an action while no other process runs one for this key; after a long wait, nevertheless.
   */
  void alone(String key, Runnable action);

  /** Drops a closed database and gives its name and its logins to another, which is open then. */
  void replaceDatabase(String database, String by);

  /** Ends the sessions of a database and drops it. One that does not exist is no error. */
  void dropDatabase(String database);

  /**
   * Keeps a database, with its logins, beyond this engine's close. Dropping it takes that back.
   *
   * @param until when a sweep may remove it
   */
  void keepDatabase(String database, Instant until);

  /** Creates a role that may log in with this password, to this database only. */
  void createLogin(String database, String username, String password);

  /** Changes the password of a role. Its sessions go on: passwords are asked for at the start. */
  void changePassword(String username, String password);

  /** Ends the sessions of a role and drops it. One that does not exist is no error. */
  void dropLogin(String username);

  /**
   * Keeps the role of a dropped database for a while, so that a late client's error is a missing
   * database and not a wrong password; and warns of such clients.
   *
   * @param calledAs the database's name in the warning
   */
  void retireLogin(String username, String calledAs);

  /**
   * Ends those sessions of a database that wait for their client, outside of any transaction.
   *
   * @return how many; empty where there is no such database
   */
  OptionalInt endIdleSessions(String database);

  /** Measures how much a database takes on the disk; 0 where there is none. */
  long storedBytes(String database);

  /**
   * Counts the statements that logins have had executed since the server started, by database. One
   * without any may be missing.
   */
  Map<String, Long> statements();

  /**
   * Returns why this engine is of no use any more although it was not closed, as sentences; empty
   * while it is. Does not wait.
   */
  default Optional<String> end() {
    return Optional.empty();
  }

  /** Runs an action when the engine may have ended. */
  default void onEnd(Runnable action) {}

  /** Returns why an engine that has not ended does not answer; empty where it does. */
  default Optional<String> hindrance() {
    return Optional.empty();
  }

  /** Returns which file system is full where databases are; empty where there is room. */
  default Optional<String> storageProblem() {
    return Optional.empty();
  }

  /** Returns a failure of this engine with its likely reason added. */
  default DatabaseEngineException explained(DatabaseEngineException failure) {
    return failure;
  }

  /**
   * Ends every session and the server, and removes its files, except for kept databases: then the
   * server goes on with those alone. An engine that has {@linkplain #end ended} keeps nothing.
   * Idempotent.
   */
  @Override
  void close();
}
