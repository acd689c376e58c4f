package io.github.ppgtest.emulator.internal.api;

import io.github.ppgtest.emulator.internal.state.Credentials;
import io.github.ppgtest.emulator.internal.state.Database;

/** Where the databases listen. */
public record Server(String host, int port) {

  String hostAndPort() {
    return host + ":" + port;
  }

  /** Returns the URL that a client connects with. Nothing in it needs escaping. */
  String connectionString(Database database, Credentials login) {
    return "postgres://%s:%s@%s/%s?sslmode=require"
        .formatted(login.username(), login.password(), hostAndPort(), database.engineName());
  }
}
