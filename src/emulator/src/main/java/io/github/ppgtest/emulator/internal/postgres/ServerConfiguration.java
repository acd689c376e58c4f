package io.github.ppgtest.emulator.internal.postgres;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A server's {@code postgresql.conf} beyond that of initdb: Prisma's limits, and speed before
 * durability.
 */
final class ServerConfiguration {
  /** The address that it listens at. */
  static final String ADDRESS = "127.0.0.1";

  /** Connections that the emulator keeps for itself. */
  static final int RESERVED = 8;

  /** How many databases can use all their connections at once. */
  private static final int DATABASES = 25;

  private ServerConfiguration() {}

  static String text(PostgresSettings settings, PostgresBinaries binaries, int port) {
    Map<String, Object> values = new LinkedHashMap<>();
    // Reached over TLS on this machine only. pg_hba.conf refuses connections without it.
    values.put("listen_addresses", ADDRESS);
    values.put("port", port);
    values.put("unix_socket_directories", "");
    values.put("ssl", "on");
    // The rules of Prisma Postgres. The limit of connections is set on each database.
    values.put("statement_timeout", settings.queryTimeout().toMillis());
    values.put("transaction_timeout", settings.transactionTimeout().toMillis());
    values.put("max_connections", settings.connectionLimit() * DATABASES + RESERVED);
    values.put("superuser_reserved_connections", RESERVED);
    // A connection without a login takes one of twice as many places, which a silent one holds for
    // so long. A login takes 100 ms, on a busy machine seconds.
    values.put("authentication_timeout", "20s");
    if (binaries.hasLibrary(Statements.LIBRARY)) {
      // Counts what each database executes. Too small, it would forget between two looks.
      values.put("shared_preload_libraries", Statements.LIBRARY);
      values.put("pg_stat_statements.max", 10_000);
      values.put("pg_stat_statements.save", "off");
    }
    // Nothing here outlives the server, so nothing needs to survive a crash.
    values.put("fsync", "off");
    values.put("synchronous_commit", "off");
    values.put("full_page_writes", "off");
    values.put("wal_level", "minimal");
    values.put("max_wal_senders", 0);
    // A recovery would silently lose other sessions' latest commits.
    values.put("restart_after_crash", "off");
    // The log of changes stands in memory.
    values.put("max_wal_size", "64MB");
    values.put("checkpoint_timeout", "1h");
    if (!binaries.platform().isWindows()) {
      // Shared by files in the data directory, which go with it; a killed server's segments of
      // POSIX memory would stay in /dev/shm, where not every container lets one write.
      values.put("dynamic_shared_memory_type", "mmap");
    }
    // Compiling a statement pays off where it runs for seconds.
    values.put("jit", "off");
    values.put("timezone", "UTC");
    values.put("log_timezone", "UTC");
    // The server's own messages, and no statement: it could hold a secret of the user's.
    values.put("log_min_messages", "log");
    values.put("log_min_error_statement", "panic");
    values.put("log_checkpoints", "off");
    StringBuilder text = new StringBuilder("\n");
    values.forEach((name, value) -> text.append(name).append(" = '").append(value).append("'\n"));
    return text.toString();
  }
}
