package io.github.ppgtest.emulator.internal.postgres;

import io.github.ppgtest.emulator.UserLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Warns of connections to dropped databases, once for each, from the server's log. Thread-safe. */
final class LateLogins implements AutoCloseable {
  private static final UserLog log = UserLog.of(LateLogins.class.getName());

  private static final Pattern REFUSAL =
      Pattern.compile("FATAL: {2}database \"([^\"]+)\" does not exist");

  private static final int INTERVAL_MILLIS = 500;

  private final Path serverLog;

  /** The names of dropped databases in messages, oldest first. Guarded by this. */
  private final Map<String, String> dropped = new LinkedHashMap<>();

  private @Nullable Thread watch;
  private long read;
  private boolean closed;

  LateLogins(Path serverLog) {
    this.serverLog = serverLog;
  }

  /** Begins to warn of connections to a database; beyond a number, forgets the oldest. */
  synchronized void warnOf(String database, String calledAs) {
    dropped.put(database, calledAs);
    if (dropped.size() > LoginRoles.RETIRED) {
      dropped.remove(dropped.keySet().iterator().next());
    }
    if (watch == null && !closed) {
      watch = new Thread(this::watch, "ppgtest-late-logins");
      watch.setDaemon(true);
      watch.start();
    }
  }

  private synchronized void watch() {
    try {
      while (!closed) {
        look();
        wait(INTERVAL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      log.debug("The log {} can no longer be read", serverLog, e);
    }
  }

  private void look() throws IOException {
    if (dropped.isEmpty()) {
      return;
    }
    ServerLog.Part news = ServerLog.after(serverLog, read);
    read = news.end();
    Matcher refusal = REFUSAL.matcher(news.text());
    while (refusal.find()) {
      String name = dropped.remove(refusal.group(1));
      if (name != null) {
        log.warn(
            "A connection to database {} ({}) was refused, because the database is deleted. Does"
                + " something keep its URL or a pool for longer, such as a cached application"
                + " context or a static field? This is told once for each database.",
            name,
            refusal.group(1));
      }
    }
  }

  /** Reads the log a last time. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    notifyAll();
    try {
      look();
    } catch (IOException e) {
      log.debug("The log {} can no longer be read", serverLog, e);
    }
  }
}
