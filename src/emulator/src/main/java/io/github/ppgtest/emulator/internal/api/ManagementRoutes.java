package io.github.ppgtest.emulator.internal.api;

import io.github.ppgtest.emulator.internal.http.Router;
import io.github.ppgtest.emulator.internal.state.Backups;
import io.github.ppgtest.emulator.internal.state.Connections;
import io.github.ppgtest.emulator.internal.state.DatabaseStore;
import io.github.ppgtest.emulator.internal.state.Projects;
import io.github.ppgtest.emulator.internal.state.Templates;
import io.github.ppgtest.emulator.internal.state.Workspace;

/**
 * The whole Management API over one workspace.
 *
 * @param router the router to add to
 * @param databases the store of its databases
 * @param backups creates the backups that Prisma creates by itself
 * @param templates the templates that this process has made
 */
public record ManagementRoutes(
    Router router, DatabaseStore databases, Backups backups, Templates templates) {

  public static ManagementRoutes over(
      EmulatorContext context, Workspace workspace, Identities identities) {
    Connections connections = context.connections(workspace);
    DatabaseStore databases = context.databases(workspace, connections);
    Projects projects = new Projects(workspace, databases);
    Backups backups = new Backups(workspace, context.engine());

    Server server = new Server(context.engine());
    Links links = new Links(context.apiUrl());
    ConnectionViews connectionViews = new ConnectionViews(links, server);
    DatabaseViews databaseViews = new DatabaseViews(links, server, connectionViews);

    Router router = new Router();
    RegionCatalog regions = context.regions();
    new RegionRoutes(regions).addTo(router);
    new WorkspaceRoutes(workspace, identities, links).addTo(router);
    new ProjectRoutes(workspace, projects, regions, databaseViews, links).addTo(router);
    new DatabaseRoutes(databases, new NewDatabaseReader(regions, databases), databaseViews)
        .addTo(router);
    new BackupRoutes(backups, databaseViews).addTo(router);
    new UsageRoutes(databases).addTo(router);
    new ConnectionRoutes(connections, connectionViews).addTo(router);
    return new ManagementRoutes(
        router,
        databases,
        backups,
        new Templates(workspace, context.engine(), databases, server::connectionString));
  }
}
