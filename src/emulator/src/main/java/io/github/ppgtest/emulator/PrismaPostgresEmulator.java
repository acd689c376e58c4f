package io.github.ppgtest.emulator;

import io.github.ppgtest.emulator.internal.api.ManagementRoutes;
import io.github.ppgtest.emulator.internal.http.ApiError;
import io.github.ppgtest.emulator.internal.http.ApiServer;
import io.github.ppgtest.emulator.internal.postgres.DatabaseEngine;
import io.github.ppgtest.emulator.internal.postgres.DatabaseEngineException;
import io.github.ppgtest.emulator.internal.postgres.PostgresServer;
import io.github.ppgtest.emulator.internal.postgres.PostgresSettings;
import io.github.ppgtest.emulator.internal.state.EngineWorkers;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Prisma Postgres on this machine: the Management API over HTTP on the loopback address, and one
 * PostgreSQL server that holds the databases created through it.
 *
 * <pre>{@code
 * try (PrismaPostgresEmulator emulator = PrismaPostgresEmulator.start()) {
 *   HttpRequest request =
 *       HttpRequest.newBuilder(emulator.apiUrl().resolve("/v1/projects"))
 *           .header("Authorization", "Bearer " + emulator.serviceToken())
 *           .header("Content-Type", "application/json")
 *           .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"shop\"}"))
 *           .build();
 *   // The answer's data.database.connections[0].endpoints.direct.connectionString
 *   // is a postgres:// URL, usable once the database's status is "ready".
 * }
 * }</pre>
 *
 * <p>Safe for use by many threads. Emulators do not see each other's projects and databases.
 *
 * @since 0.1.0
 */
public final class PrismaPostgresEmulator implements AutoCloseable {
  private final ApiServer api;
  private final EngineWorkers engine;
  private final ManagementRoutes management;
  private final String serviceToken;
  private final OpenServices.Addresses open;
  private final Faults faults;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable ExitHook exitHook;

  PrismaPostgresEmulator(
      ApiServer api,
      EngineWorkers engine,
      ManagementRoutes management,
      String serviceToken,
      OpenServices.Addresses open,
      Faults faults) {
    this.api = api;
    this.engine = engine;
    this.management = management;
    this.serviceToken = serviceToken;
    this.open = open;
    this.faults = faults;
  }

  /**
   * Starts an emulator with the defaults of {@link Builder}, and returns when it answers.
   *
   * @throws EmulatorStartException when PostgreSQL cannot be started, saying why
   */
  public static PrismaPostgresEmulator start() {
    return builder().start();
  }

  /** Returns a builder, to start an emulator with other settings. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the base of the Management API, {@code http://127.0.0.1:PORT}: without a slash at its
   * end and without {@code /v1}.
   */
  public URI apiUrl() {
    return api.url();
  }

  /**
   * Returns the base of the create-db service, {@code http://127.0.0.1:PORT/create-db/SECRET},
   * which creates databases for 30 minutes to 24 hours without a token. The secret in its path is
   * random for each emulator. The {@code create-db} command uses it when the environment variables
   * {@code CREATE_DB_WORKER_URL} and {@code CLAIM_DB_WORKER_URL} both name it. Opening a claim URL
   * makes a database stay until the emulator ends. The databases do not show in the Management API.
   *
   * @throws IllegalStateException unless {@link Builder#createDb} has turned it on
   */
  public URI createDbUrl() {
    return open.createDbUrl();
  }

  /**
   * Returns the token that requests carry as {@code Authorization: Bearer TOKEN}: random for each
   * emulator unless {@link Builder#serviceToken(String)} says otherwise.
   */
  public String serviceToken() {
    return serviceToken;
  }

  /** Returns the faults of this emulator; none at first. */
  public Faults faults() {
    return faults;
  }

  /**
   * Returns the base of the authorization server, to which clients append {@code /authorize} and
   * {@code /token}, with a secret in it that is random for each emulator. Its one user agrees to
   * every login at once; its access tokens are good for an hour, its refresh tokens for 90 days and
   * one use, for any client id.
   *
   * @throws IllegalStateException unless {@link Builder#authorizationServer} has turned it on
   */
  public URI authUrl() {
    return open.authUrl();
  }

  /**
   * Returns the two environment variables that GitHub Actions sets in a job with the permission
   * {@code id-token: write}: an issuer that hands out OIDC tokens of a repository {@code
   * octo-org/octo-repo}, and the secret that it asks for. The API gives service tokens for them.
   *
   * @throws IllegalStateException unless {@link Builder#authorizationServer} has turned it on
   */
  public Map<String, String> gitHubActionsEnvironment() {
    return open.gitHubActionsEnvironment();
  }

  /**
   * Returns the file, in PEM and readable for all, with the certificate that the databases' server
   * shows, for clients that check it: {@code NODE_EXTRA_CA_CERTS}, {@code PGSSLROOTCERT}. It is
   * right for {@code localhost}, {@code 127.0.0.1} and {@code ::1}, also with {@code
   * sslmode=verify-full}. All emulators of a user that share a cache directory show the same, and
   * the file stays there. Waits for PostgreSQL where it is still starting.
   *
   * @throws IllegalStateException when PostgreSQL could not be started
   */
  public Path certificate() {
    try {
      return engine.certificate();
    } catch (DatabaseEngineException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /**
   * Waits until databases can be created. Only needed after {@link Builder#startInBackground()};
   * without it, the first call that needs a database waits.
   *
   * @throws EmulatorStartException when PostgreSQL cannot be started, saying why; the emulator is
   *     closed then
   */
  public void awaitStarted() {
    try {
      engine.awaitStarted();
    } catch (RuntimeException e) {
      EmulatorStartException failure =
          new EmulatorStartException(
              "The databases of the emulator could not be started: " + e.getMessage(), e);
      try {
        close();
      } catch (RuntimeException cleanUp) {
        failure.addSuppressed(cleanUp);
      }
      throw failure;
    }
  }

  /**
   * Returns why a database can never be used: it could not be made, or its PostgreSQL was killed. A
   * PostgreSQL that has ended is replaced when the next database is made, at another port; its
   * databases have the status {@code failure} then, and are gone. Does not wait.
   *
   * @param databaseId the id of a database, {@code db_…}
   * @return the reason, with what to do about it; empty where there is none, or no such database
   */
  public Optional<String> failure(String databaseId) {
    return management.databases().failure(databaseId);
  }

  /**
   * Returns why PostgreSQL does not answer although it has not ended, and what to do about it: a
   * signal has stopped one of its processes, or it can start none. It is not replaced. Empty where
   * nothing is known to hinder it. Does not wait.
   */
  public Optional<String> hindrance() {
    return management.databases().hindrance();
  }

  /**
   * Returns which file system is full where databases are, and what to do about it; empty where
   * there is room. Does not wait.
   */
  public Optional<String> storageProblem() {
    return engine.storageProblem();
  }

  /** Returns how many PostgreSQL servers of this emulator have ended before it was closed. */
  public int lostServers() {
    return engine.lostServers();
  }

  /**
   * Makes a backup of a database as it is now, and returns when it can be restored. Prisma makes
   * backups by itself, once a day; the emulator only makes those that it is told to make. The
   * sessions of the database go on. A backup goes with its database.
   *
   * @param databaseId the id of a database that is ready, {@code db_…}
   * @return the id of the backup, which {@code GET /v1/databases/{databaseId}/backups} lists
   * @throws IllegalArgumentException when there is no such database
   * @throws IllegalStateException when the database is not ready, or this emulator is closed
   */
  public String backUp(String databaseId) {
    return withDatabase(() -> management.backups().create(databaseId).id());
  }

  /**
   * Keeps a database when this emulator is closed, also by the end of the JVM: its PostgreSQL then
   * goes on without the JVM, with the databases that are kept and no other, at the same port and
   * with the same logins and limits. The Management API ends. The next sweep after that time, such
   * as at the start of another emulator with the same data directory, ends it and removes its
   * files. Keeping a database again sets another time; deleting it takes it back.
   *
   * @param databaseId the id of a database that is ready, {@code db_…}
   * @param until after when it may be removed; one that is past keeps it until the next sweep
   * @throws IllegalArgumentException when there is no such database
   * @throws IllegalStateException when the database is not ready, or this emulator is closed
   */
  public void keep(String databaseId, Instant until) {
    Objects.requireNonNull(until, "until");
    withDatabase(
        () -> {
          management.databases().keep(databaseId, until);
          return databaseId;
        });
  }

  /**
   * Returns a database to make others from, with {@code source: {type: "database"}}: a template,
   * which holds the content of a key and takes no connections. Copying it is the fastest kind of
   * copy. It is made once for each key, however many threads ask for it at once: a new, empty
   * database is handed to the maker, in the caller's thread, and sealed when that returns. In the
   * API's eyes it is a database like any other; where it was deleted, it is made anew.
   *
   * <p>The template of a key that lasts is kept in the cache directory. Other emulators on this
   * machine, in other JVMs and on other days, take it from there; while one of them makes it, the
   * others wait, three minutes at most. What cannot be kept, because it is larger than 512 MB or
   * has a GiST index on an unlogged table, is made in each.
   *
   * <p>If the maker throws, nothing is left, and the exception is the caller's; a caller that has
   * waited meanwhile makes its own attempt.
   *
   * @param projectId the id of the project that it is in, {@code proj_…}
   * @param key identifies the content, for example a hash over all that it is made from
   * @param isLasting whether the key stands for the same content in every JVM, on any day
   * @param maker fills the database
   * @return the id of the template, {@code db_…}, which is ready
   * @throws IllegalArgumentException when the key is blank, or there is no such project
   * @throws IllegalStateException when this emulator is closed, PostgreSQL refuses, or the caller
   *     is interrupted while another thread makes the template
   */
  public String template(String projectId, String key, boolean isLasting, TemplateMaker maker) {
    Objects.requireNonNull(maker, "maker");
    if (key.isBlank()) {
      throw new IllegalArgumentException("The key of a template must not be blank.");
    }
    return withDatabase(() -> management.templates().get(projectId, key, isLasting, maker::make));
  }

  private String withDatabase(Supplier<String> action) {
    if (closed.get()) {
      throw new IllegalStateException("The emulator is closed.");
    }
    try {
      return action.get();
    } catch (ApiError e) {
      if (e.isNotFound()) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
      throw new IllegalStateException(e.getMessage(), e);
    } catch (DatabaseEngineException e) {
      throw new IllegalStateException(e.getMessage(), e);
    } catch (RejectedExecutionException e) {
      if (closed.get()) {
        throw new IllegalStateException("The emulator was closed meanwhile.", e);
      }
      throw e;
    }
  }

  /**
   * Stops answering, ends every session, stops PostgreSQL and removes its files, unless there is a
   * database to {@link #keep}. Requests that are being answered are cut off. Closing again does
   * nothing.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      ExitHook hook = exitHook;
      if (hook != null) {
        hook.cancel();
      }
      try (engine) {
        api.close();
      }
    }
  }

  /** Leaves the token out. */
  @Override
  public String toString() {
    return "PrismaPostgresEmulator[apiUrl=%s]".formatted(apiUrl());
  }

  /**
   * The settings of an emulator. Not safe for use by many threads; may start several emulators,
   * which differ in port and token unless those are set.
   *
   * @since 0.1.0
   */
  public static final class Builder {
    private int port;
    private @Nullable String serviceToken;
    private int connectionLimit = 20;
    private Duration queryTimeout = Duration.ofSeconds(10);
    private Duration transactionTimeout = Duration.ofSeconds(15);
    private @Nullable Path cacheDirectory;
    private @Nullable Path dataDirectory;
    private @Nullable Path postgresHome;
    private boolean authorizationServer;
    private boolean createDb;
    private int createDbPerMinute = 5;
    private Clock clock = Clock.systemUTC();
    private Duration requestTimeout = Duration.ofSeconds(30);
    private final List<Fault> faults = new ArrayList<>();
    private boolean closeAtExit = true;

    private Builder() {}

    /**
     * Sets the port of the Management API. Default: 0, any that is free.
     *
     * @throws IllegalArgumentException when it is not between 0 and 65535
     */
    public Builder port(int port) {
      if (port < 0 || port > 65535) {
        throw new IllegalArgumentException(
            "The port is %d; it must be from 0 to 65535.".formatted(port));
      }
      this.port = port;
      return this;
    }

    /**
     * Sets the token that requests have to carry. Default: a random one.
     *
     * @throws IllegalArgumentException when it is empty or has a character that an HTTP header
     *     cannot carry in a token (the visible ones of ASCII are fine)
     */
    public Builder serviceToken(String serviceToken) {
      if (!serviceToken.matches("[!-~]+")) {
        throw new IllegalArgumentException(
            "The service token must consist of visible ASCII characters, at least one.");
      }
      this.serviceToken = serviceToken;
      return this;
    }

    /**
     * Sets how many connections each database takes; PostgreSQL refuses the next with SQLSTATE
     * 53300. Default: 20.
     *
     * @throws IllegalArgumentException when it is less than 1
     */
    public Builder connectionLimit(int connectionLimit) {
      if (connectionLimit < 1) {
        throw new IllegalArgumentException(
            "The connection limit is %d; it must be at least 1.".formatted(connectionLimit));
      }
      this.connectionLimit = connectionLimit;
      return this;
    }

    /**
     * Sets how long a statement may run. Default: 10 seconds.
     *
     * @throws IllegalArgumentException when it is less than 1 millisecond or more than 24 days
     */
    public Builder queryTimeout(Duration queryTimeout) {
      this.queryTimeout = checked("query timeout", queryTimeout);
      return this;
    }

    /**
     * Sets how long a transaction may be open. Default: 15 seconds.
     *
     * @throws IllegalArgumentException when it is less than 1 millisecond or more than 24 days
     */
    public Builder transactionTimeout(Duration transactionTimeout) {
      this.transactionTimeout = checked("transaction timeout", transactionTimeout);
      return this;
    }

    private static Duration checked(String what, Duration timeout) {
      if (timeout.compareTo(Duration.ofMillis(1)) < 0
          || timeout.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) > 0) {
        throw new IllegalArgumentException(
            "The %s is %s; it must be from 1 millisecond to 24 days.".formatted(what, timeout));
      }
      return timeout;
    }

    /**
     * Sets where the unpacked PostgreSQL and templates are kept for later starts on this machine.
     * Templates take 1 GiB at most, and are removed after 3 days without use; programs after 30
     * days. Default: null, the user's cache directory.
     */
    public Builder cacheDirectory(@Nullable Path cacheDirectory) {
      this.cacheDirectory = cacheDirectory;
      return this;
    }

    /**
     * Sets the directory below which databases are stored until the emulator is closed. Default:
     * null, in memory where there is room, else the temporary directory.
     */
    public Builder dataDirectory(@Nullable Path dataDirectory) {
      this.dataDirectory = dataDirectory;
      return this;
    }

    /**
     * Sets an installed PostgreSQL to use, the directory with {@code bin} in it. Default: null, the
     * one on the class path.
     */
    public Builder postgresHome(@Nullable Path postgresHome) {
      this.postgresHome = postgresHome;
      return this;
    }

    /**
     * Makes a region unavailable, so that databases cannot be created there: {@link
     * Fault#regionUnavailable} injected from the start. Call it once for each. Default: all are
     * available.
     *
     * @throws IllegalArgumentException when there is no such region
     */
    public Builder unavailableRegion(String regionId) {
      faults.add(Fault.regionUnavailable(regionId));
      return this;
    }

    /**
     * Sets whether the emulator gives out tokens of its own, as an authorization server does and as
     * GitHub does to a job. Default: false, as nothing but a secret in their addresses then keeps
     * other users of this machine from the databases.
     *
     * @see PrismaPostgresEmulator#authUrl()
     * @see PrismaPostgresEmulator#gitHubActionsEnvironment()
     */
    public Builder authorizationServer(boolean authorizationServer) {
      this.authorizationServer = authorizationServer;
      return this;
    }

    /**
     * Sets whether there is the create-db service, which makes databases without a token. Default:
     * false.
     *
     * @see PrismaPostgresEmulator#createDbUrl()
     */
    public Builder createDb(boolean createDb) {
      this.createDb = createDb;
      return this;
    }

    /**
     * Sets how many databases the create-db service makes within a minute; the next is refused with
     * 429, and told when to come back. All callers count together, as all come from this machine.
     * Default: 5. Prisma's own lets a program make 1 a minute.
     *
     * @throws IllegalArgumentException when it is less than 1
     * @see PrismaPostgresEmulator#createDbUrl()
     */
    public Builder createDbPerMinute(int createDbPerMinute) {
      if (createDbPerMinute < 1) {
        throw new IllegalArgumentException(
            "The rate of create-db is %d a minute; it must be at least 1."
                .formatted(createDbPerMinute));
      }
      this.createDbPerMinute = createDbPerMinute;
      return this;
    }

    /**
     * Sets the clock that dates resources and ends the tokens which the emulator gives out.
     * Default: the system's clock.
     */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Sets whether an emulator that is still running is closed when the JVM ends. Default: true.
     * With false, the caller has to close it: for callers with a shutdown hook of their own that
     * still needs the emulator, as the JVM runs hooks in no order.
     */
    public Builder closeAtExit(boolean closeAtExit) {
      this.closeAtExit = closeAtExit;
      return this;
    }

    /**
     * Starts an emulator and returns when it answers and has databases.
     *
     * @throws EmulatorStartException when PostgreSQL cannot be started, the port is taken or the
     *     JVM is ending
     */
    public PrismaPostgresEmulator start() {
      PrismaPostgresEmulator emulator = startInBackground();
      emulator.awaitStarted();
      return emulator;
    }

    /**
     * Starts an emulator and returns when it answers, while PostgreSQL is still starting: so the
     * caller can get ready itself in that time. A call that needs a database waits for it.
     *
     * @throws EmulatorStartException when the port is taken or the JVM is ending; if PostgreSQL
     *     cannot be started, {@link PrismaPostgresEmulator#awaitStarted()} tells
     */
    public PrismaPostgresEmulator startInBackground() {
      PostgresSettings settings =
          new PostgresSettings(
              connectionLimit,
              queryTimeout,
              transactionTimeout,
              cacheDirectory,
              dataDirectory,
              postgresHome);
      if (closeAtExit) {
        ExitHook.refuseAtTheEnd();
      }
      PrismaPostgresEmulator emulator = startInBackground(() -> PostgresServer.start(settings));
      if (closeAtExit) {
        emulator.exitHook = ExitHook.closing(emulator);
      }
      return emulator;
    }

    /** Sets how long a request may take to arrive, for tests. */
    Builder requestTimeout(Duration requestTimeout) {
      this.requestTimeout = requestTimeout;
      return this;
    }

    /** Starts an emulator over any engine: the seam for tests that need no PostgreSQL. */
    PrismaPostgresEmulator start(Supplier<DatabaseEngine> databases) {
      PrismaPostgresEmulator emulator = startInBackground(databases);
      emulator.awaitStarted();
      return emulator;
    }

    private PrismaPostgresEmulator startInBackground(Supplier<DatabaseEngine> databases) {
      PrismaPostgresEmulator emulator = started(databases);
      faults.forEach(emulator.faults::inject);
      return emulator;
    }

    private PrismaPostgresEmulator started(Supplier<DatabaseEngine> databases) {
      try {
        return Startup.start(
            port,
            serviceToken,
            new OpenServices(authorizationServer, createDb, createDbPerMinute),
            clock,
            requestTimeout,
            databases);
      } catch (OutOfMemoryError e) {
        String limit = ResourceLimits.reachedIn(e).orElseThrow(() -> e);
        throw new EmulatorStartException("The emulator could not be started. " + limit, e);
      }
    }
  }
}
