package io.github.ppgtest.emulator.internal.api;

import io.github.ppgtest.emulator.internal.api.DatabaseJson.RegionJson;
import io.github.ppgtest.emulator.internal.api.DatabaseJson.Source;
import io.github.ppgtest.emulator.internal.http.Timestamps;
import io.github.ppgtest.emulator.internal.state.Created;
import io.github.ppgtest.emulator.internal.state.Credentials;
import io.github.ppgtest.emulator.internal.state.Database;
import io.github.ppgtest.emulator.internal.state.DatabaseDetails;
import io.github.ppgtest.emulator.internal.state.Project;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows databases. The three answers that create one differ in which deprecated fields they have.
 */
final class DatabaseViews {
  private final Links links;
  private final Server server;
  private final ConnectionViews connections;

  DatabaseViews(Links links, Server server, ConnectionViews connections) {
    this.links = links;
    this.server = server;
    this.connections = connections;
  }

  /** Shows one that existed before the request. */
  DatabaseJson shown(DatabaseDetails details) {
    List<ConnectionJson> shown =
        details.connections().stream()
            .map(connection -> connections.shown(connection, details.database()))
            .toList();
    return json(details, shown, link(details.project()), null);
  }

  /** Answers {@code POST /v1/databases}: nothing deprecated. */
  DatabaseJson created(Created<DatabaseDetails> created) {
    return json(
        created.resource(), createdConnections(created), link(created.resource().project()), null);
  }

  /** Answers {@code POST /v1/projects/{projectId}/databases}. */
  DatabaseJson createdNested(Created<DatabaseDetails> created) {
    return json(
        created.resource(),
        createdConnections(created),
        link(created.resource().project()),
        created.login());
  }

  /** Stands in the answer to {@code POST /v1/projects}, without the project it is in. */
  DatabaseJson createdWithProject(Created<DatabaseDetails> created) {
    return json(created.resource(), createdConnections(created), null, created.login());
  }

  private List<ConnectionJson> createdConnections(Created<DatabaseDetails> created) {
    DatabaseDetails details = created.resource();
    return details.connections().stream()
        .map(
            connection ->
                connections.createdWithDatabase(connection, details.database(), created.login()))
        .toList();
  }

  private NamedLink link(Project project) {
    return new NamedLink(project.id(), links.project(project.id()), project.name());
  }

  private DatabaseJson json(
      DatabaseDetails details,
      List<ConnectionJson> shown,
      @Nullable NamedLink project,
      @Nullable Credentials deprecated) {
    Database database = details.database();
    return new DatabaseJson(
        database.id(),
        "database",
        links.database(database.id()),
        database.name(),
        database.status().word(),
        Timestamps.of(database.createdAt()),
        database.isDefault(),
        details.defaultConnectionId().orElse(null),
        shown,
        project,
        new RegionJson(database.region().id(), database.region().displayName()),
        Source.of(database.source()),
        database.branchId(),
        database.logicalId(),
        deprecated == null ? null : apiKeys(details, deprecated),
        deprecated == null ? null : server.connectionString(database, deprecated),
        deprecated == null ? null : DirectConnection.of(server, deprecated));
  }

  private List<ConnectionJson> apiKeys(DatabaseDetails details, Credentials login) {
    return details.connections().stream()
        .map(connection -> connections.apiKey(connection, details.database(), login))
        .toList();
  }
}
