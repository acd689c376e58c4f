package io.github.ppgtest.emulator.internal.api;

import io.github.ppgtest.emulator.internal.http.Router;
import io.github.ppgtest.emulator.internal.state.Connections;
import io.github.ppgtest.emulator.internal.state.Databases;
import io.github.ppgtest.emulator.internal.state.EngineWorkers;
import io.github.ppgtest.emulator.internal.state.Fate;
import io.github.ppgtest.emulator.internal.state.Ids;
import io.github.ppgtest.emulator.internal.state.Projects;
import io.github.ppgtest.emulator.internal.state.Workspace;
import java.net.URI;
import java.time.Clock;
import java.util.Random;

/** Puts the whole Management API together over one new, empty workspace. */
public final class ManagementRoutes {
  private ManagementRoutes() {}

  public static Router over(
      EngineWorkers engine, Regions regions, Fate fate, URI apiUrl, Clock clock, Random random) {
    Workspace workspace = new Workspace(new Ids(random), clock);
    Connections connections = new Connections(workspace, engine, random);
    Databases databases = new Databases(workspace, engine, connections, fate);
    Projects projects = new Projects(workspace, databases);

    Server server = new Server(engine);
    Links links = new Links(apiUrl);
    ConnectionViews connectionViews = new ConnectionViews(links, server);
    DatabaseViews databaseViews = new DatabaseViews(links, server, connectionViews);

    Router router = new Router();
    new RegionRoutes(regions).addTo(router);
    new WorkspaceRoutes(workspace, links).addTo(router);
    new ProjectRoutes(workspace, projects, regions, databaseViews, links).addTo(router);
    new DatabaseRoutes(databases, new NewDatabaseReader(regions, databases), databaseViews)
        .addTo(router);
    new ConnectionRoutes(connections, connectionViews).addTo(router);
    return router;
  }
}
