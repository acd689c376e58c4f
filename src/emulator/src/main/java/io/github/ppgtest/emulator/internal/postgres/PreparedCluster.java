package io.github.ppgtest.emulator.internal.postgres;

import io.github.ppgtest.emulator.FileList;
import io.github.ppgtest.emulator.UserLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An initialised PostgreSQL cluster that servers start from as a copy: a tenth of the time of
 * initialising one. Its {@code template1} is a new Prisma Postgres database.
 *
 * @param directory the cluster's data directory
 * @param superuserPassword the password of {@link #SUPERUSER}, a secret of this machine's user
 */
record PreparedCluster(Path directory, String superuserPassword) {
  private static final UserLog log = UserLog.of(PreparedCluster.class.getName());

  /** The role that manages the databases; unknown to their users. */
  static final String SUPERUSER = "ppgtest";

  /** The role that every login belongs to, and that owns what a new database has: its schema. */
  static final String OWNER = "prisma_migration";

  /**
   * The role that holds the settings of a database for its next login. No login is a member, as
   * each could change them in all databases.
   */
  static final String KEEPER = "ppgtest_settings";

  /** The template of new databases. */
  static final String TEMPLATE = "template1";

  /** The database from which the superuser manages the others. */
  static final String MAINTENANCE = "postgres";

  /**
   * Raise it when the cluster changes in a way that {@link #recipe} does not show: its certificate,
   * its list of files.
   */
  private static final int REVISION = 9;

  /** The file in a data directory that the server shows. */
  static final String SERVER_CERTIFICATE = "server.crt";

  private static final List<String> INITDB_OPTIONS =
      List.of(
          "--username=" + SUPERUSER,
          // Never used: pg_hba.conf is written anew below.
          "--auth=trust",
          "--encoding=UTF8",
          // The same order of characters on every operating system.
          "--locale=C",
          "--locale-provider=builtin",
          "--builtin-locale=C.UTF-8",
          "--text-search-config=english",
          // 16 times less to copy.
          "--wal-segsize=1",
          "--no-sync",
          "--no-instructions");

  /**
   * The locales that classify characters where PostgreSQL asks the operating system: in full-text
   * search and in pg_trgm. {@code C}, the last resort, knows letters and lower case of ASCII only.
   */
  private static final List<String> CHARACTER_TYPES =
      List.of("C.UTF-8", "en_US.UTF-8", "en-US", "C");

  private static final List<String> STATEMENTS =
      List.of(
          // The privileges of the cloud's role: bypass row security, but make no roles and no
          // databases.
          "CREATE ROLE " + OWNER + " NOLOGIN BYPASSRLS;",
          "CREATE ROLE " + KEEPER + " NOLOGIN;",
          "ALTER SCHEMA public OWNER TO " + OWNER + ";",
          "REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;");

  /**
   * The superuser's password goes through TLS, to a certificate that is checked: that saves a fresh
   * JVM 4,096 rounds of SHA-256 at each login, and every driver knows it.
   */
  private static final String ADMISSION =
      "hostssl all %1$s %2$s/32 password\nhostssl all all %2$s/32 scram-sha-256\n"
          .formatted(SUPERUSER, ServerConfiguration.ADDRESS);

  private static final Pattern MISSING_LOCALE = Pattern.compile("invalid locale|encoding mismatch");
  private static final String OWNERS = "rw-------";
  private static final String PASSWORD_FILE = "superuser-password";
  private static final String DATA = "data";
  private static final String PUBLIC_CERTIFICATE = "certificate.pem";

  /** Finds the cluster in the cache, or initialises it. */
  static PreparedCluster find(
      PostgresBinaries binaries, CacheDirectory cache, UnprivilegedUser user) throws IOException {
    return find(binaries, cache, user, FileList::isWhole);
  }

  /**
   * Does the same.
   *
   * @param whole checks an existing cluster
   */
  static PreparedCluster find(
      PostgresBinaries binaries,
      CacheDirectory cache,
      UnprivilegedUser user,
      CacheDirectory.Check whole)
      throws IOException {
    Path entry =
        cache.entry(
            binaries.fingerprint() + "-cluster-" + recipe(),
            whole,
            directory -> prepare(binaries, user, directory));
    return new PreparedCluster(entry.resolve(DATA), Files.readString(entry.resolve(PASSWORD_FILE)));
  }

  /** Part of cache entries' names: another way of making them is another entry. */
  static String recipe() {
    return REVISION
        + PostgresBinaries.checksum(
            String.join("\n", INITDB_OPTIONS)
                + CHARACTER_TYPES
                + String.join("\n", STATEMENTS)
                + ADMISSION);
  }

  /** Returns the certificate of its servers, in a file that all can read. */
  Path certificate() {
    return directory.resolveSibling(PUBLIC_CERTIFICATE);
  }

  /** Marks the cluster as used today. */
  void touch() throws IOException {
    CacheDirectory.touch(directory.getParent());
  }

  /** Copies the cluster for one server. */
  void copyTo(Path target, UnprivilegedUser user) throws IOException {
    FileTree.copy(directory, target, user::own);
  }

  private static void prepare(PostgresBinaries binaries, UnprivilegedUser user, Path entry)
      throws IOException {
    log.info("Initialising a PostgreSQL cluster in {}, once on this machine", entry.getParent());
    Path data = entry.resolve(DATA);
    FileTree.createDirectory(data, "rwx------");
    user.own(data);
    initialise(binaries, user, data);
    String password = Secrets.random(24);
    // In single-user mode there is no network and no password yet, and it leaves a clean shutdown.
    List<String> statements = new ArrayList<>();
    // The password is random, and the server hashes it at each login.
    statements.add(
        "ALTER ROLE " + SUPERUSER + " PASSWORD '" + ScramVerifier.of(password, 1) + "';");
    statements.addAll(STATEMENTS);
    singleUser(binaries, user, data, statements);
    Files.writeString(data.resolve("pg_hba.conf"), ADMISSION);
    TlsCertificate certificate = TlsCertificate.create(binaries.platform(), entry);
    writeCertificate(data, user, certificate);
    FileTree.write(entry.resolve(PUBLIC_CERTIFICATE), "rw-r--r--", certificate.certificatePem());
    FileTree.write(entry.resolve(PASSWORD_FILE), OWNERS, password);
    FileList.write(entry);
  }

  private static void initialise(PostgresBinaries binaries, UnprivilegedUser user, Path data) {
    initialise(binaries, user, data, CHARACTER_TYPES);
  }

  /**
   * Runs initdb.
   *
   * @param characterTypes locales, of which the first is taken that the operating system has
   */
  static void initialise(
      PostgresBinaries binaries, UnprivilegedUser user, Path data, List<String> characterTypes) {
    List<String> command = new ArrayList<>();
    command.add(binaries.program("initdb").toString());
    command.add("--pgdata=" + data);
    command.addAll(INITDB_OPTIONS);
    command.add("--lc-ctype=" + characterTypes.get(0));
    Command.Result result = Command.run(data, user.command(command));
    if (result.succeeded()) {
      return;
    }
    if (characterTypes.size() > 1 && MISSING_LOCALE.matcher(result.output()).find()) {
      initialise(binaries, user, data, characterTypes.subList(1, characterTypes.size()));
      return;
    }
    String failure = "PostgreSQL's initdb failed in " + data + ": " + result.output();
    if (result.output().contains("could not look up effective user ID")) {
      throw new CannotRunHereException(
          failure
              + ". Give this user an entry in /etc/passwd (in a container: run it as a user that the"
              + " image knows, or as root).",
          null);
    }
    throw new DatabaseEngineException(failure, null);
  }

  private static void singleUser(
      PostgresBinaries binaries, UnprivilegedUser user, Path data, List<String> statements) {
    Command.Result result =
        Command.run(
            Command.builder(
                data,
                user.command(
                    List.of(
                        binaries.program("postgres").toString(),
                        "--single",
                        "-D",
                        data.toString(),
                        "-c",
                        "exit_on_error=on",
                        "-c",
                        "log_min_error_statement=panic",
                        "-c",
                        "log_checkpoints=off",
                        TEMPLATE))),
            String.join("\n", statements) + "\n");
    if (!result.succeeded()) {
      throw new DatabaseEngineException(
          "PostgreSQL could not prepare its cluster in " + data + ": " + result.output(), null);
    }
  }

  private static void writeCertificate(Path data, UnprivilegedUser user, TlsCertificate certificate)
      throws IOException {
    user.own(
        FileTree.write(data.resolve(SERVER_CERTIFICATE), OWNERS, certificate.certificatePem()));
    user.own(FileTree.write(data.resolve("server.key"), OWNERS, certificate.keyPem()));
  }

  @Override
  public String toString() {
    return "PreparedCluster[" + directory + "]";
  }
}
