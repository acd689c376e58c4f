package io.github.ppgtest.emulator;

import io.github.ppgtest.emulator.internal.api.ManagementRoutes;
import io.github.ppgtest.emulator.internal.api.Regions;
import io.github.ppgtest.emulator.internal.api.Server;
import io.github.ppgtest.emulator.internal.http.ApiServer;
import io.github.ppgtest.emulator.internal.http.Router;
import io.github.ppgtest.emulator.internal.postgres.DatabaseEngine;
import io.github.ppgtest.emulator.internal.state.EngineWorkers;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The steps of a start: the port, the databases, the API over them. What fails takes all back. */
final class Startup {
  private static final int TOKEN_BYTES = 32;

  private Startup() {}

  static PrismaPostgresEmulator start(
      int port, @Nullable String token, Regions regions, Supplier<DatabaseEngine> databases) {
    ApiServer api = bind(port);
    EngineWorkers engine;
    try {
      engine = new EngineWorkers(databases.get());
    } catch (RuntimeException e) {
      api.close();
      throw new EmulatorStartException(
          "The databases of the emulator could not be started: " + e.getMessage(), e);
    }
    SecureRandom random = new SecureRandom();
    String serviceToken = token == null ? randomToken(random) : token;
    PrismaPostgresEmulator emulator = new PrismaPostgresEmulator(api, engine, serviceToken);
    try {
      Server server = new Server(engine.host(), engine.port());
      Router router =
          ManagementRoutes.over(engine, server, regions, api.url(), Clock.systemUTC(), random);
      api.open(serviceToken, router);
      return emulator;
    } catch (RuntimeException | Error e) {
      try (emulator) {
        throw e;
      }
    }
  }

  private static ApiServer bind(int port) {
    try {
      return ApiServer.bind(port);
    } catch (IOException e) {
      throw new EmulatorStartException(
          port == 0
              ? "The emulator could not listen on any port of the loopback address."
              : ("The emulator could not listen on port %d of the loopback address."
                      + " Is it taken? Port 0 finds a free one.")
                  .formatted(port),
          e);
    }
  }

  private static String randomToken(SecureRandom random) {
    byte[] token = new byte[TOKEN_BYTES];
    random.nextBytes(token);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }
}
