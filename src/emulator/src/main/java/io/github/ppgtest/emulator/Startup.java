package io.github.ppgtest.emulator;

import io.github.ppgtest.emulator.internal.api.CreateDbRoutes;
import io.github.ppgtest.emulator.internal.api.EmulatorContext;
import io.github.ppgtest.emulator.internal.api.Identities;
import io.github.ppgtest.emulator.internal.api.ManagementRoutes;
import io.github.ppgtest.emulator.internal.api.RegionCatalog;
import io.github.ppgtest.emulator.internal.auth.AuthRoutes;
import io.github.ppgtest.emulator.internal.auth.Callers;
import io.github.ppgtest.emulator.internal.auth.RandomTokens;
import io.github.ppgtest.emulator.internal.faults.FaultPoints;
import io.github.ppgtest.emulator.internal.http.ApiServer;
import io.github.ppgtest.emulator.internal.http.Router;
import io.github.ppgtest.emulator.internal.postgres.DatabaseEngine;
import io.github.ppgtest.emulator.internal.postgres.StartingEngine;
import io.github.ppgtest.emulator.internal.state.EngineWorkers;
import io.github.ppgtest.emulator.internal.state.Ids;
import io.github.ppgtest.emulator.internal.state.User;
import io.github.ppgtest.emulator.internal.state.Workspace;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a start: the port, the databases, which take longest and start behind, and the API
 * over them.
 */
final class Startup {
  private Startup() {}

  static PrismaPostgresEmulator start(
      int port,
      @Nullable String token,
      OpenServices services,
      Clock clock,
      Duration requestTimeout,
      Supplier<DatabaseEngine> databases) {
    ApiServer api = bind(port, requestTimeout);
    EngineWorkers engine = new EngineWorkers(StartingEngine.begin(databases));
    SecureRandom random = new SecureRandom();
    RandomTokens tokens = new RandomTokens(random);
    String serviceToken = token == null ? tokens.next() : token;
    OpenServices.Addresses open = services.at(api.url(), tokens.next(), tokens.next());
    FaultPoints faults = new FaultPoints();
    EmulatorContext context =
        new EmulatorContext(
            engine,
            new RegionCatalog(faults.regions()),
            faults.provisioning(),
            api.url(),
            clock,
            random);
    Ids ids = new Ids(random);
    Workspace workspace = context.newWorkspace("Emulator");
    User user = new User(ids.next(Ids.USER));
    Callers callers = new Callers(serviceToken, clock);
    ManagementRoutes routes =
        ManagementRoutes.over(context, workspace, new Identities(callers, user));
    PrismaPostgresEmulator emulator =
        new PrismaPostgresEmulator(
            api, engine, routes, serviceToken, open, new Faults(faults, api, engine));
    try {
      Router openRouter = new Router();
      if (services.createDb()) {
        CreateDbRoutes.addTo(openRouter, context, services.createDbPerMinute());
      }
      if (services.authorizationServer()) {
        AuthRoutes.addTo(
            openRouter,
            workspace,
            user,
            callers,
            tokens,
            ids,
            open.requestToken(),
            api.url(),
            open.authUrl(),
            clock);
      }
      api.open(callers, routes.router(), openRouter, open.secret(), faults.requests());
      return emulator;
    } catch (RuntimeException | Error e) {
      try (emulator) {
        throw e;
      }
    }
  }

  private static ApiServer bind(int port, Duration requestTimeout) {
    try {
      return ApiServer.bind(port, requestTimeout);
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
}
