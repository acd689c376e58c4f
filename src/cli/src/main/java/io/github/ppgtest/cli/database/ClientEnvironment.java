package io.github.ppgtest.cli.database;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The environment of a command with clients of PostgreSQL, which directs them to one database. */
final class ClientEnvironment {
  /**
   * The variables that libpq and the drivers that follow it prefer to the host, user, password and
   * TLS set here, or apply to a session at its start. Variables that only concern the client stay:
   * PGAPPNAME, PGCLIENTENCODING, PGCONNECT_TIMEOUT, PGLOCALEDIR.
   */
  static final List<String> TAKEN_OUT =
      List.of(
          // The server, and which of several.
          "PGHOSTADDR",
          "PGSERVICE",
          "PGSERVICEFILE",
          "PGSYSCONFDIR",
          "PGTARGETSESSIONATTRS",
          "PGLOADBALANCEHOSTS",
          // The user, and the proof.
          "PGPASSFILE",
          "PGREQUIREAUTH",
          "PGREQUIREPEER",
          "PGCHANNELBINDING",
          "PGKRBSRVNAME",
          "PGREALM",
          "PGGSSLIB",
          "PGGSSENCMODE",
          "PGGSSDELEGATION",
          // TLS, and the protocol.
          "PGREQUIRESSL",
          "PGSSLNEGOTIATION",
          "PGSSLCOMPRESSION",
          "PGSSLCERT",
          "PGSSLKEY",
          "PGSSLPASSWORD",
          "PGSSLCERTMODE",
          "PGSSLROOTCERT",
          "PGSSLCRL",
          "PGSSLCRLDIR",
          "PGSSLSNI",
          "PGSSLMINPROTOCOLVERSION",
          "PGSSLMAXPROTOCOLVERSION",
          "PGMINPROTOCOLVERSION",
          "PGMAXPROTOCOLVERSION",
          // The session, which would differ from the database's settings.
          "PGOPTIONS",
          "PGDATESTYLE",
          "PGTZ",
          "PGGEQO");

  /**
   * The files that libpq looks for in the home directory where a variable names no other one. With
   * a root certificate there, sslmode=require becomes verify-ca; a certificate without its key, or
   * a list of revocations that does not know the server's issuer, fails the connection.
   */
  private static final Map<String, String> HOME_FILES =
      Map.of(
          "root.crt", "PGSSLROOTCERT",
          "root.crl", "PGSSLCRL",
          "postgresql.crt", "PGSSLCERT");

  /** A file that does not exist, which libpq treats as none. */
  private static final String NO_FILE = "/nonexistent/taken-out-by-ppgtest";

  /** A database's URL as drivers of many languages write it, some in quotes. */
  private static final Pattern URL =
      Pattern.compile("(?is)\\s*+[\"']?(?<scheme>[a-z0-9:+-]++)(?<=:)//.*");

  /** A driver's URL of Java, also among options of a JVM or in JSON, such as Spring's. */
  private static final Pattern JAVA =
      Pattern.compile("(?i)(jdbc|r2dbc|vertx-reactive):([a-z]++:)?postgresql:");

  /** The last part of a scheme such as {@code jdbc:postgresql} or {@code postgresql+asyncpg}. */
  private static final Pattern POSTGRES =
      Pattern.compile("(?i)postgres|postgis|pgsql|prisma|^(psql|ecto|pg|pgx\\d*+)$");

  /** A server and a database as libpq, ODBC, .NET, PHP and Perl write them, in any order. */
  private static final Pattern SERVER = keyword("host|server|data source|hostaddr");

  private static final Pattern DATABASE = keyword("dbname|database|initial catalog");

  private final Variables database;

  ClientEnvironment(Variables database) {
    this.database = database;
  }

  /** Changes an environment so that its clients reach the database. */
  void applyTo(Map<String, String> environment) {
    environment.keySet().removeAll(TAKEN_OUT);
    List<Path> homes = libpqHomes(environment);
    HOME_FILES.forEach(
        (file, variable) -> {
          if (homes.stream().anyMatch(home -> Files.exists(home.resolve(file)))) {
            environment.put(variable, NO_FILE);
          }
        });
    environment.putAll(database.forProcesses());
  }

  /** Returns the variables left in an environment that lead to another database, sorted. */
  List<String> othersIn(Map<String, String> environment) {
    Map<String, String> others = new LinkedHashMap<>(environment);
    others.keySet().removeAll(database.forProcesses().keySet());
    return others.entrySet().stream()
        .filter(variable -> namesDatabase(variable.getValue()))
        .map(Map.Entry::getKey)
        .sorted()
        .collect(Collectors.toList());
  }

  private static boolean namesDatabase(String value) {
    return JAVA.matcher(value).find()
        || isDatabaseUrl(URL.matcher(value))
        || SERVER.matcher(value).find() && DATABASE.matcher(value).find();
  }

  private static boolean isDatabaseUrl(Matcher url) {
    return url.matches() && POSTGRES.matcher(lastOf(url.group("scheme"))).find();
  }

  /** Returns the text behind the last hyphen or colon but the one at its end. */
  private static String lastOf(String scheme) {
    String name = scheme.substring(0, scheme.length() - 1);
    return name.substring(Math.max(name.lastIndexOf(':'), name.lastIndexOf('-')) + 1);
  }

  private static Pattern keyword(String names) {
    return Pattern.compile("(?i)(^|[\\s;\"']|pgsql:|dbi:pg:)(" + names + ")[ ]?=");
  }

  /** Before PostgreSQL 15, libpq asked the system for the home directory, and then HOME. */
  private static List<Path> libpqHomes(Map<String, String> environment) {
    if (OperatingSystem.isWindows()) {
      return List.of(Path.of(environment.getOrDefault("APPDATA", "."), "postgresql"));
    }
    return Stream.of(environment.getOrDefault("HOME", ""), System.getProperty("user.home"))
        .filter(home -> !home.isEmpty())
        .map(home -> Path.of(home, ".postgresql"))
        .toList();
  }
}
