package io.github.ppgtest.emulator.internal.api;

import io.github.ppgtest.emulator.internal.api.ConnectionJson.Endpoint;
import io.github.ppgtest.emulator.internal.api.ConnectionJson.Endpoints;
import io.github.ppgtest.emulator.internal.http.Timestamps;
import io.github.ppgtest.emulator.internal.state.Connection;
import io.github.ppgtest.emulator.internal.state.ConnectionDetails;
import io.github.ppgtest.emulator.internal.state.Created;
import io.github.ppgtest.emulator.internal.state.Credentials;
import io.github.ppgtest.emulator.internal.state.Database;
import org.jspecify.annotations.Nullable;

/**
 * Shows connections: with their credentials in the answer that creates them, without afterwards.
 */
final class ConnectionViews {
  private final Links links;
  private final Server server;

  ConnectionViews(Links links, Server server) {
    this.links = links;
    this.server = server;
  }

  /** Shows a connection that existed before the request. */
  ConnectionJson shown(ConnectionDetails details) {
    return shown(details.connection(), details.database());
  }

  ConnectionJson shown(Connection connection, Database database) {
    return json(connection, null, null, null, link(database), null, null, null);
  }

  /** Shows a new database's connection, in the list of that database. */
  ConnectionJson createdWithDatabase(Connection connection, Database database, Credentials login) {
    return json(
        connection,
        server.connectionString(database, login),
        null,
        DirectConnection.of(server, login),
        link(database),
        null,
        null,
        null);
  }

  /** Shows a new database's connection as one of the deprecated {@code apiKeys}. */
  ConnectionJson apiKey(Connection connection, Database database, Credentials login) {
    return json(
        connection,
        null,
        server.connectionString(database, login),
        DirectConnection.of(server, login),
        null,
        null,
        null,
        null);
  }

  /** Shows a connection that the request created, or gave another password. */
  ConnectionJson created(Created<ConnectionDetails> created) {
    Database database = created.resource().database();
    Credentials login = created.login();
    String connectionString = server.connectionString(database, login);
    return json(
        created.resource().connection(),
        connectionString,
        connectionString,
        DirectConnection.of(server, login),
        link(database),
        server.hostAndPort(),
        login.password(),
        login.username());
  }

  private NamedLink link(Database database) {
    return new NamedLink(database.id(), links.database(database.id()), database.name());
  }

  private ConnectionJson json(
      Connection connection,
      @Nullable String endpointConnectionString,
      @Nullable String connectionString,
      @Nullable DirectConnection directConnection,
      @Nullable NamedLink database,
      @Nullable String host,
      @Nullable String pass,
      @Nullable String user) {
    return new ConnectionJson(
        connection.id(),
        "connection",
        links.connection(connection.id()),
        connection.name(),
        Timestamps.of(connection.createdAt()),
        "postgres",
        new Endpoints(new Endpoint(server.host(), server.port(), endpointConnectionString)),
        connectionString,
        directConnection,
        database,
        host,
        pass,
        user);
  }
}
