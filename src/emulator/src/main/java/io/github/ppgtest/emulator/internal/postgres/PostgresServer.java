package io.github.ppgtest.emulator.internal.postgres;

import io.github.ppgtest.emulator.FileList;
import io.github.ppgtest.emulator.ResourceLimits;
import io.github.ppgtest.emulator.UserLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server of our own, from its first file to its last. */
public final class PostgresServer implements DatabaseEngine {
  private static final UserLog log = UserLog.of(PostgresServer.class.getName());

  /** How often a server is started that others end meanwhile. */
  private static final int STARTS = 3;

  private final PreparedCluster cluster;
  private final UsedEntries used;
  private final InstanceDirectory instance;
  private final ServerProcess process;
  private final AdminConnections admin;
  private final ServerDatabases databases;
  private final DatabaseFiles files;
  private final DatabaseCopies copies;
  private final SealedDatabases sealed;
  private final LastingTemplates lasting;
  private final LoginRoles roles;
  private final Statements statements;
  private final KeptDatabases kept;
  private final LateLogins late;
  private final RefusedForks forks;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable String end;

  private PostgresServer(
      PostgresSettings settings,
      PreparedCluster cluster,
      UnprivilegedUser user,
      InstanceDirectory instance,
      ServerProcess process,
      TemplateCache cache,
      UsedEntries used) {
    this.cluster = cluster;
    this.used = used;
    this.instance = instance;
    this.process = process;
    this.admin =
        new AdminConnections(
            process,
            instance.data().resolve(PreparedCluster.SERVER_CERTIFICATE),
            cluster.superuserPassword());
    this.databases = new ServerDatabases(admin, settings.connectionLimit());
    this.files = new DatabaseFiles(instance.data(), user);
    this.copies = new DatabaseCopies(admin, databases, files);
    this.sealed = new SealedDatabases(admin, databases, files);
    this.lasting = new LastingTemplates(admin, databases, files, sealed, cache);
    this.roles = new LoginRoles(admin);
    this.statements = new Statements(admin);
    this.kept = new KeptDatabases(instance.path());
    this.late = new LateLogins(instance.log());
    this.forks = new RefusedForks(instance.log());
  }

  /**
   * Starts a server. The first time on a machine takes some seconds, in which PostgreSQL is
   * unpacked and a cluster initialised; later ones some 100 ms.
   *
   * @throws DatabaseEngineException when it cannot start here, saying why
   */
  public static PostgresServer start(PostgresSettings settings) {
    Instant begun = Instant.now();
    UsedEntries used = new UsedEntries();
    try {
      return start(settings, FileList::isWhole, used);
    } catch (DatabaseEngineException e) {
      if (DiskSpace.isMissingFor(e)
          || ResourceLimits.reachedIn(e).isPresent()
          || e instanceof EndedByOthersException) {
        throw e;
      }
      // Servers of other JVMs run from the same files, so these are replaced only where one is bad.
      Optional<String> damage = used.discardDamaged();
      if (damage.isEmpty()) {
        throw e;
      }
      log.warn("PostgreSQL is prepared anew. {} {}", damage.get(), e.getMessage());
      try {
        return start(settings, entry -> FileList.isWholeSince(begun, entry), new UsedEntries());
      } catch (RuntimeException again) {
        again.addSuppressed(e);
        throw again;
      }
    }
  }

  private static PostgresServer start(
      PostgresSettings settings, CacheDirectory.Check whole, UsedEntries used) {
    Platform platform = Platform.current();
    try {
      CacheDirectory cache =
          CacheDirectory.open(settings.cacheDirectory(), platform, System::getenv);
      PostgresBinaries binaries =
          PostgresBinaries.find(settings.postgresHome(), platform, cache, whole);
      if (binaries.home().startsWith(cache.root())) {
        used.add(binaries.home());
      }
      UnprivilegedUser user = UnprivilegedUser.find(platform, binaries.home());
      PreparedCluster cluster = PreparedCluster.find(binaries, cache, user, whole);
      used.add(cluster.directory().getParent());
      ServersDirectory parent = ServersDirectory.find(settings.dataDirectory(), platform);
      TemplateCache templates = TemplateCache.of(cache, binaries, settings);
      PostgresServer server =
          startAgain(() -> start(settings, binaries, user, cluster, parent, templates, used));
      behind(() -> Sweep.abandoned(settings.dataDirectory()));
      behind(
          () -> {
            trim(cache, binaries, cluster);
            used.checkDaily(Instant.now());
          });
      return server;
    } catch (IOException e) {
      throw new DatabaseEngineException("Cannot prepare or start PostgreSQL: " + e.getMessage(), e);
    }
  }

  /** The cause of one server's end may not end the next; nothing is wrong with the cache. */
  private static PostgresServer startAgain(Start start) throws IOException {
    for (int left = STARTS - 1; ; left--) {
      try {
        return start.run();
      } catch (EndedByOthersException e) {
        if (left == 0) {
          throw e;
        }
        log.warn("PostgreSQL is started again. {}", e.getMessage());
      }
    }
  }

  private interface Start {
    PostgresServer run() throws IOException;
  }

  private static PostgresServer start(
      PostgresSettings settings,
      PostgresBinaries binaries,
      UnprivilegedUser user,
      PreparedCluster cluster,
      ServersDirectory parent,
      TemplateCache cache,
      UsedEntries used)
      throws IOException {
    InstanceDirectory instance = parent.create();
    ServerProcess process = null;
    try {
      cluster.copyTo(instance.data(), user);
      process = ServerProcess.start(binaries, user, settings, instance);
      PostgresServer server =
          new PostgresServer(settings, cluster, user, instance, process, cache, used);
      server.admin.open();
      return server;
    } catch (IOException | RuntimeException | Error e) {
      // An Error where the JVM can start no thread more: the server may run all the same.
      String advice =
          DiskSpace.isMissingFor(e)
              ? DiskSpace.advice(instance.data())
              : new RefusedForks(instance.log()).lately().orElse("");
      takeBack(process, instance, e);
      if (!advice.isEmpty()) {
        throw new DatabaseEngineException(
            "Cannot prepare or start PostgreSQL: %s. %s"
                .formatted(String.valueOf(e.getMessage()).replaceFirst("[.]$", ""), advice),
            e);
      }
      throw e;
    }
  }

  private static void takeBack(
      @Nullable ServerProcess process, InstanceDirectory instance, Throwable failure) {
    try {
      if (process != null) {
        process.stop();
      } else {
        ServerProcess.end(instance.data());
      }
      close(instance);
    } catch (IOException | RuntimeException | Error cleanUp) {
      failure.addSuppressed(cleanUp);
    }
  }

  /** Once more where a server that was only just starting has written meanwhile. */
  private static void close(InstanceDirectory instance) throws IOException {
    try {
      instance.close();
    } catch (UncheckedIOException e) {
      ServerProcess.end(instance.data());
      instance.close();
    }
  }

  private static void trim(CacheDirectory cache, PostgresBinaries binaries, PreparedCluster cluster)
      throws IOException {
    cluster.touch();
    if (binaries.home().startsWith(cache.root())) {
      CacheDirectory.touch(binaries.home());
    }
    new CacheTrim(cache, Instant.now(), TemplateCache.BOUND).run();
  }

  private interface Chore {
    void run() throws IOException;
  }

  /** Runs a chore in the background. The next JVM does what this one's end cuts short. */
  private static void behind(Chore chore) {
    Thread thread =
        new Thread(
            () -> {
              try {
                chore.run();
              } catch (IOException | RuntimeException e) {
                log.warn("Not everything unused was removed: {}", e.getMessage(), e);
              }
            },
            "ppgtest-sweep");
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      log.warn("Leftovers of earlier runs are not removed: {}", e.getMessage());
    }
  }

  @Override
  public String host() {
    // Not "localhost", which is another address on some machines, and for some JVMs.
    return ServerConfiguration.ADDRESS;
  }

  @Override
  public int port() {
    return process.port();
  }

  @Override
  public Path certificate() {
    return cluster.certificate();
  }

  @Override
  public void createDatabase(String database) {
    databases.create(database);
  }

  @Override
  public void copyDatabase(String source, String database) {
    if (sealed.contains(source)) {
      sealed.copy(source, database);
      return;
    }
    copies.copy(source, database);
    try {
      roles.disown(database, source);
    } catch (RuntimeException e) {
      databases.dropAfter(e, database);
      throw e;
    }
  }

  @Override
  public void closeDatabase(String database) {
    databases.close(database);
  }

  @Override
  public void sealDatabase(String database) {
    sealed.seal(database);
  }

  @Override
  public boolean isSealed(String database) {
    return sealed.contains(database);
  }

  @Override
  public boolean takeTemplate(String key, String database) {
    return lasting.take(key, database);
  }

  @Override
  public void saveTemplate(String key, String database) {
    lasting.save(key, database);
  }

  @Override
  public void alone(String key, Runnable action) {
    lasting.alone(key, action);
  }

  @Override
  public void replaceDatabase(String database, String by) {
    sealed.forget(database);
    statements.lookBeforeDropping();
    databases.replace(database, by);
    roles.admitTo(database);
  }

  @Override
  public void dropDatabase(String database) {
    databases.drop(database);
    sealed.forget(database);
    statements.forget(database);
    kept.forget(database);
  }

  @Override
  public void keepDatabase(String database, Instant until) {
    kept.keep(database, until);
  }

  @Override
  public void createLogin(String database, String username, String password) {
    roles.create(database, username, ScramVerifier.of(password));
  }

  @Override
  public void changePassword(String username, String password) {
    roles.changePassword(username, ScramVerifier.of(password));
  }

  @Override
  public void dropLogin(String username) {
    roles.drop(username);
  }

  @Override
  public void retireLogin(String username, String calledAs) {
    roles.retire(username).ifPresent(database -> late.warnOf(database, calledAs));
  }

  @Override
  public OptionalInt endIdleSessions(String database) {
    return databases.endIdleSessions(database);
  }

  @Override
  public long storedBytes(String database) {
    return databases.storedBytes(database);
  }

  @Override
  public Map<String, Long> statements() {
    return statements.byDatabase();
  }

  @Override
  public Optional<String> end() {
    if (end == null && !closed.get()) {
      process
          .end()
          // Not if close() has ended it meanwhile.
          .filter(why -> !closed.get())
          .ifPresent(
              why ->
                  end =
                      "PostgreSQL (process %d, port %d) has ended. %s%s"
                          .formatted(
                              process.pid(),
                              port(),
                              used.discardDamaged().map(damage -> damage + " ").orElse(""),
                              why));
    }
    return Optional.ofNullable(end);
  }

  @Override
  public void onEnd(Runnable action) {
    process.onEnd(action);
  }

  @Override
  public Optional<String> hindrance() {
    return process.stopped().or(forks::lately);
  }

  @Override
  public Optional<String> storageProblem() {
    return DiskSpace.isMissingAt(instance.data())
        ? Optional.of(DiskSpace.advice(instance.data()))
        : Optional.empty();
  }

  @Override
  public DatabaseEngineException explained(DatabaseEngineException failure) {
    Optional<String> reason =
        DiskSpace.isMissingFor(failure)
            ? Optional.of(DiskSpace.advice(instance.data()))
            : forks.lately().or(used::discardDamaged);
    return reason
        .map(why -> new DatabaseEngineException(failure.getMessage() + " " + why, failure))
        .orElse(failure);
  }

  @Override
  public void close() {
    boolean hasEnded = end().isPresent();
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      late.close();
    } finally {
      closeServer(hasEnded);
    }
  }

  private void closeServer(boolean hasEnded) {
    if (!hasEnded && !kept.names().isEmpty()) {
      leave();
      return;
    }
    admin.close();
    try {
      process.stop();
    } catch (IOException e) {
      throw new DatabaseEngineException("Cannot stop PostgreSQL in " + instance.path() + ".", e);
    }
    files.close();
    instance.close();
  }

  /**
   * Drops all databases but the kept ones, and leaves those to the first sweep after their time.
   */
  private void leave() {
    try (admin) {
      databases.dropAllBut(kept.names());
    } finally {
      files.close();
      instance.release();
    }
  }

  @Override
  public String toString() {
    return "PostgresServer[" + instance.path() + ", port " + port() + "]";
  }
}
