package io.github.ppgtest.emulator.internal.postgres;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
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
   * Creates a database that holds what another one holds at that moment, and that its logins may
   * use as those of the other may use theirs. The sessions of the other go on; one that writes may
   * wait a moment.
   *
   * @throws DatabaseEngineException also when the other is never without an open transaction that
   *     has written
   */
  void copyDatabase(String source, String database);

  /** Ends the sessions of a database and lets nobody in from now on. */
  void closeDatabase(String database);

  /**
   * Makes a database one that is only copied: nobody is let in from now on, and copying it is as
   * quick as it can be. All its logins have been dropped.
   */
  void sealDatabase(String database);

  /** Tells whether a database was sealed, or is made of one that was saved. Does not wait. */
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
   * Does something while no other process does the same for this key; after a long wait,
   * nevertheless.
   */
  void alone(String key, Runnable action);

  /** Drops a closed database and gives its name and its logins to another, which is open then. */
  void replaceDatabase(String database, String by);

  /** Ends the sessions of a database and drops it. One that does not exist is no error. */
  void dropDatabase(String database);

  /**
   * Leaves a database, with its logins, when this engine is closed, until it is too late. Dropping
   * it takes that back.
   *
   * @param until after when whoever finds it removes it
   */
  void keepDatabase(String database, Instant until);

  /** Creates a role that may log in with this password, to this database only. */
  void createLogin(String database, String username, String password);

  /** Changes the password of a role. Its sessions go on: passwords are asked for at the start. */
  void changePassword(String username, String password);

  /** Ends the sessions of a role and drops it. One that does not exist is no error. */
  void dropLogin(String username);

  /**
   * Leaves the role of a database that was dropped for a while, so that a client that still uses it
   * is told that there is no such database, and not that the password is wrong; and warns of that.
   *
   * @param calledAs what the warning calls the database
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
   * Says why this engine is of no use any more although it was not closed, as sentences; empty
   * while it is. Looks, and does not wait.
   */
  default Optional<String> end() {
    return Optional.empty();
  }

  /** Runs this when the engine may have ended. */
  default void onEnd(Runnable action) {}

  /** Says why an engine that has not ended does not answer; empty where it does. */
  default Optional<String> hindrance() {
    return Optional.empty();
  }

  /** Says which file system is full where databases are; empty where there is room. */
  default Optional<String> storageProblem() {
    return Optional.empty();
  }

  /** Returns a failure of this engine with what it knows of the reason. */
  default DatabaseEngineException explained(DatabaseEngineException failure) {
    return failure;
  }

  /**
   * Ends every session and the server, and removes what it wrote, but for what is kept: then the
   * server goes on, with nothing else in it. What has {@linkplain #end ended} keeps nothing.
   * Idempotent.
   */
  @Override
  void close();
}
