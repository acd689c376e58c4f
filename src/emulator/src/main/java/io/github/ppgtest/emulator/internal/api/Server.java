package io.github.ppgtest.emulator.internal.api;

import io.github.ppgtest.emulator.internal.state.Credentials;
import io.github.ppgtest.emulator.internal.state.Database;
import io.github.ppgtest.emulator.internal.state.EngineWorkers;

/**
 * The address of the databases' server; its methods wait until the server listens.
 *
 * @param engine the databases
 */
record Server(EngineWorkers engine) {

  String host() {
    return engine.host();
  }

  int port() {
    return engine.port();
  }

  String hostAndPort() {
    return host() + ":" + port();
  }

  /** Returns the URL that a client connects with. Nothing in it needs escaping. */
  String connectionString(Database database, Credentials login) {
    return "postgres://%s:%s@%s/%s?sslmode=require"
        .formatted(login.username(), login.password(), hostAndPort(), database.engineName());
  }
}
