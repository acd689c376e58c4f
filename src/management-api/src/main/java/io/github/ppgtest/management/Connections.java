package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.ApiCall;
import io.github.ppgtest.management.internal.ApiClient;
import io.github.ppgtest.management.internal.Check;
import io.github.ppgtest.management.internal.Creation;
import io.github.ppgtest.management.internal.Fields;
import io.github.ppgtest.management.internal.Json;
import io.github.ppgtest.management.internal.Resources;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * The connections of databases: credentials and endpoints. Safe for use by several threads at once.
 *
 * <pre>{@code
 * Connection connection = api.connections().create("db_…", "migrations-4711");
 * String url = connection.directConnectionString().orElseThrow(); // a secret
 * }</pre>
 *
 * @since 0.1.0
 */
public final class Connections {
  private static final String PATH = "/v1/connections/";
  private static final String PREFIX = "con_";

  private final ApiClient client;

  Connections(ApiClient client) {
    this.client = client;
  }

  /**
   * Creates a connection. Only this result has connection strings; they cannot be read again.
   *
   * <p>If the answer is lost, the connection is looked up by its name, deleted, and created anew,
   * since the lost one's credentials are lost too.
   *
   * @param databaseId the database, {@code db_…}; never blank
   * @param name the display name; never blank; best unique in the database
   * @return the connection with its connection strings
   * @throws CreationUncertainException if it may have been created, and cannot be found
   * @throws ManagementApiException if the call fails otherwise
   */
  public Connection create(String databaseId, String name) {
    return client.create(
        new ConnectionCreation(Check.text(databaseId, "databaseId"), Check.text(name, "name")));
  }

  /**
   * Gets one connection, without connection strings.
   *
   * @param id its id, {@code con_…}; never blank
   * @return the connection
   * @throws ResourceNotFoundException if it is not there
   * @throws ManagementApiException if the call fails otherwise
   */
  public Connection get(String id) {
    Check.text(id, "id");
    return client.one(
        ApiCall.get(PATH + ApiCall.encode(id)).about(id, PREFIX), Resources::connection);
  }

  /**
   * Gets one page of a database's connections, without connection strings.
   *
   * @param databaseId the database, {@code db_…}; never blank
   * @param request which page
   * @return the page
   * @throws ManagementApiException if the call fails
   */
  public Page<Connection> list(String databaseId, PageRequest request) {
    return client.page(listOf(databaseId), request, Resources::connection);
  }

  /**
   * Lists all connections of a database, page by page: each page is fetched when the stream reaches
   * it.
   *
   * @param databaseId the database, {@code db_…}; never blank
   * @return a lazy stream; consuming it throws {@link ManagementApiException} if a call fails
   */
  public Stream<Connection> all(String databaseId) {
    return client.all(listOf(databaseId), Resources::connection);
  }

  /**
   * Deletes a connection: its credentials stop working.
   *
   * @param id its id, {@code con_…}; never blank
   * @throws ResourceNotFoundException if it is not there; not when a repeated attempt finds it gone
   * @throws ManagementApiException if the call fails otherwise
   */
  public void delete(String id) {
    Check.text(id, "id");
    client.send(ApiCall.delete(PATH + ApiCall.encode(id)).about(id, PREFIX));
  }

  /**
   * Gives a connection new credentials: the old password is refused. Only this result has the new
   * connection strings.
   *
   * <p>Each rotation makes other credentials, so that the call is not repeated when its answer is
   * lost: rotate again then.
   *
   * @param id its id, {@code con_…}; never blank
   * @return the connection with its new connection strings
   * @throws ResourceNotFoundException if it is not there
   * @throws ChangeUncertainException if the credentials may have changed, and the answer with the
   *     new ones is lost
   * @throws ManagementApiException if the call fails otherwise
   */
  public Connection rotate(String id) {
    Check.text(id, "id");
    return client.change(
        ApiCall.post(PATH + ApiCall.encode(id) + "/rotate").about(id, PREFIX),
        Resources::connection,
        "The credentials of "
            + id
            + " may have changed: the old password may no longer work, and the new one was in the"
            + " lost answer. Rotate again to get one.");
  }

  private static ApiCall listOf(String databaseId) {
    Check.text(databaseId, "databaseId");
    return ApiCall.get(path(databaseId)).about(databaseId, "db_");
  }

  private static String path(String databaseId) {
    return "/v1/databases/" + ApiCall.encode(databaseId) + "/connections";
  }

  private final class ConnectionCreation implements Creation<Connection> {
    private final String databaseId;
    private final String name;

    ConnectionCreation(String databaseId, String name) {
      this.databaseId = databaseId;
      this.name = name;
    }

    @Override
    public String kind() {
      return "connection";
    }

    @Override
    public ApiCall call() {
      ObjectNode body = Json.object().put("name", name);
      return ApiCall.post(path(databaseId), body).about(databaseId, "db_");
    }

    @Override
    public Function<Fields, Connection> reader() {
      return Resources::connection;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Stream<Connection> siblings() {
      return all(databaseId);
    }

    @Override
    public Identity identify(Connection connection) {
      return new Identity(connection.id(), connection.name(), connection.createdAt());
    }

    @Override
    public Optional<Connection> takeOver(Connection found) {
      // Its connection strings were only in the lost answer.
      delete(found.id());
      return Optional.empty();
    }
  }
}
