package io.github.ppgtest.emulator;

import io.github.ppgtest.emulator.internal.postgres.DatabaseEngine;
import io.github.ppgtest.emulator.internal.postgres.DatabaseEngineException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Databases and logins in memory, which can be made to hold on or to fail. */
public class FakeDatabaseEngine implements DatabaseEngine {
  static final int PORT = 54321;

  final Set<String> databases = ConcurrentHashMap.newKeySet();

  /** The database that each login reaches. */
  final Map<String, String> logins = new ConcurrentHashMap<>();

  final Map<String, String> passwords = new ConcurrentHashMap<>();

  /** What each copied database was last copied from. */
  final Map<String, String> copiedFrom = new ConcurrentHashMap<>();

  final Set<String> closedDatabases = ConcurrentHashMap.newKeySet();
  final Set<String> sealedDatabases = ConcurrentHashMap.newKeySet();
  final Set<String> savedTemplates = ConcurrentHashMap.newKeySet();
  final Map<String, Instant> kept = new ConcurrentHashMap<>();
  final Map<String, Long> statements = new ConcurrentHashMap<>();
  final AtomicInteger closed = new AtomicInteger();
  private final AtomicBoolean failsToCreate = new AtomicBoolean();
  private final AtomicBoolean failsToDrop = new AtomicBoolean();
  private final AtomicBoolean failsToClose = new AtomicBoolean();
  private final AtomicBoolean failsToLogIn = new AtomicBoolean();
  private volatile @Nullable CountDownLatch hold;

  /** Makes createDatabase wait until the returned latch is counted down. */
  CountDownLatch holdCreations() {
    CountDownLatch latch = new CountDownLatch(1);
    hold = latch;
    return latch;
  }

  void failToCreate(boolean fails) {
    failsToCreate.set(fails);
  }

  void failToDrop(boolean fails) {
    failsToDrop.set(fails);
  }

  void failToClose(boolean fails) {
    failsToClose.set(fails);
  }

  void failToLogIn(boolean fails) {
    failsToLogIn.set(fails);
  }

  @Override
  public Path certificate() {
    return Path.of("certificate.pem");
  }

  @Override
  public String host() {
    return "localhost";
  }

  @Override
  public int port() {
    return PORT;
  }

  @Override
  public void createDatabase(String database) {
    CountDownLatch latch = hold;
    if (latch != null) {
      await(latch);
    }
    failIf(failsToCreate, "no room");
    if (!databases.add(database)) {
      throw new DatabaseEngineException("exists: " + database, null);
    }
  }

  @Override
  public void copyDatabase(String source, String database) {
    createDatabase(database);
    copiedFrom.put(database, source);
  }

  @Override
  public void closeDatabase(String database) {
    failIf(failsToClose, "still in use");
    closedDatabases.add(database);
  }

  @Override
  public void sealDatabase(String database) {
    sealedDatabases.add(database);
  }

  @Override
  public boolean isSealed(String database) {
    return sealedDatabases.contains(database);
  }

  @Override
  public boolean takeTemplate(String key, String database) {
    boolean isThere = savedTemplates.contains(key);
    if (isThere) {
      createDatabase(database);
      sealedDatabases.add(database);
    }
    return isThere;
  }

  @Override
  public void saveTemplate(String key, String database) {
    savedTemplates.add(key);
  }

  @Override
  public void alone(String key, Runnable action) {
    action.run();
  }

  @Override
  public void replaceDatabase(String database, String by) {
    databases.remove(by);
    copiedFrom.put(database, copiedFrom.remove(by));
    closedDatabases.remove(database);
  }

  @Override
  public void changePassword(String username, String password) {
    failIf(failsToLogIn, "no such role");
    passwords.put(username, password);
  }

  @Override
  public long storedBytes(String database) {
    return databases.contains(database) ? 8L << 20 : 0;
  }

  @Override
  public Map<String, Long> statements() {
    return Map.copyOf(statements);
  }

  @Override
  public void dropDatabase(String database) {
    failIf(failsToDrop, "in use");
    databases.remove(database);
  }

  @Override
  public void keepDatabase(String database, Instant until) {
    kept.put(database, until);
  }

  @Override
  public void createLogin(String database, String username, String password) {
    failIf(failsToLogIn, "no roles left");
    if (!databases.contains(database)) {
      throw new DatabaseEngineException("no such database: " + database, null);
    }
    logins.put(username, database);
    passwords.put(username, password);
  }

  @Override
  public void dropLogin(String username) {
    failIf(failsToDrop, "in use");
    logins.remove(username);
    passwords.remove(username);
  }

  @Override
  public void retireLogin(String username, String calledAs) {
    dropLogin(username);
  }

  /** A database in memory has no sessions. */
  @Override
  public OptionalInt endIdleSessions(String database) {
    return databases.contains(database) ? OptionalInt.of(0) : OptionalInt.empty();
  }

  @Override
  public void close() {
    closed.incrementAndGet();
    databases.clear();
    logins.clear();
  }

  private static void failIf(AtomicBoolean fails, String message) {
    if (fails.get()) {
      throw new DatabaseEngineException(message, null);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(TestEmulator.HANG.toSeconds(), TimeUnit.SECONDS)) {
        throw new DatabaseEngineException("nobody let go", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseEngineException("interrupted", e);
    }
  }
}
