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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The databases of projects. Safe for use by several threads at once.
 *
 * <pre>{@code
 * Database database =
 *     api.databases().create(CreateDatabase.inProject("proj_…").named("orders-tests-4711"));
 * String url = database.directConnectionString().orElseThrow(); // a secret
 * }</pre>
 *
 * @since 0.1.0
 */
public final class Databases {
  private static final String PATH = "/v1/databases";
  private static final String PREFIX = "db_";
  private static final String PROJECT_PREFIX = "proj_";

  private final ApiClient client;
  private final Connections connections;

  Databases(ApiClient client, Connections connections) {
    this.client = client;
    this.connections = connections;
  }

  /**
   * Creates a database. Only what this returns has connection strings. The database may still be
   * {@link DatabaseStatus#PROVISIONING}: ask {@link #get} until it is ready.
   *
   * <p>If the answer is lost, the database is looked up by its name and taken over, with a fresh
   * connection, before a second one is created.
   *
   * @param request what to create
   * @return the database with connection strings
   * @throws CreationUncertainException if it may have been created, and cannot be found
   * @throws ManagementApiException if the call fails otherwise
   */
  public Database create(CreateDatabase request) {
    return client.create(new DatabaseCreation(request));
  }

  /**
   * Gets one database, without connection strings.
   *
   * @param id its id, {@code db_…}; never blank
   * @return the database
   * @throws ResourceNotFoundException if it is not there
   * @throws ManagementApiException if the call fails otherwise
   */
  public Database get(String id) {
    return client.one(ApiCall.get(path(id)).about(id, PREFIX), Resources::database);
  }

  /**
   * Gets one page of a project's databases, without connection strings.
   *
   * @param projectId the project, {@code proj_…}; never blank
   * @param request which page
   * @return the page
   * @throws ManagementApiException if the call fails
   */
  public Page<Database> list(String projectId, PageRequest request) {
    return client.page(listOf(projectId), request, Resources::database);
  }

  /**
   * Lists all databases of a project, page by page: each page is fetched when the stream reaches
   * it.
   *
   * @param projectId the project, {@code proj_…}; never blank
   * @return a lazy stream, whose consumption throws {@link ManagementApiException} if a call fails
   */
  public Stream<Database> all(String projectId) {
    return client.all(listOf(projectId), Resources::database);
  }

  /**
   * Renames a database.
   *
   * @param id its id, {@code db_…}; never blank
   * @param name the new display name; never blank
   * @return the database under its new name, without connection strings
   * @throws ResourceNotFoundException if it is not there
   * @throws ManagementApiException if the call fails otherwise
   */
  public Database rename(String id, String name) {
    ObjectNode body = Json.object().put("name", Check.text(name, "name"));
    return client.one(ApiCall.patch(path(id), body).about(id, PREFIX), Resources::database);
  }

  /**
   * Deletes a database and everything in it.
   *
   * @param id its id, {@code db_…}; never blank
   * @throws PermissionDeniedException if it is its project's default database
   * @throws ResourceNotFoundException if it is not there; not when a repeated attempt finds it gone
   * @throws ManagementApiException if the call fails otherwise
   */
  public void delete(String id) {
    client.send(ApiCall.delete(path(id)).about(id, PREFIX));
  }

  /** Gives a database whose creating answer was lost a connection with a string. */
  Database withFreshConnection(Database database) {
    // Of a name of its own, so that it is not mistaken for a connection that came with it.
    return database.withConnection(
        connections.create(database.id(), "taken-over-" + database.id()));
  }

  private static ApiCall listOf(String projectId) {
    Check.text(projectId, "projectId");
    return ApiCall.get(PATH + "?projectId=" + ApiCall.encode(projectId))
        .about(projectId, PROJECT_PREFIX);
  }

  private static String path(String id) {
    return PATH + "/" + ApiCall.encode(Check.text(id, "id"));
  }

  private final class DatabaseCreation implements Creation<Database> {
    private final CreateDatabase request;

    DatabaseCreation(CreateDatabase request) {
      this.request = request;
    }

    @Override
    public String kind() {
      return "database";
    }

    @Override
    public ApiCall call() {
      ObjectNode body = Json.object().put("projectId", request.projectId());
      Json.put(body, "name", request.name());
      Json.put(body, "region", request.region());
      if (request.isDefault()) {
        body.put("isDefault", true);
      }
      Json.put(body, "branchId", request.branchId());
      Json.put(body, "logicalId", request.logicalId());
      return ApiCall.post(PATH, body).about(request.projectId(), PROJECT_PREFIX);
    }

    @Override
    public Function<Fields, Database> reader() {
      return Resources::database;
    }

    @Override
    public @Nullable String name() {
      return request.name();
    }

    @Override
    public Stream<Database> siblings() {
      return all(request.projectId());
    }

    @Override
    public Identity identify(Database database) {
      return new Identity(database.id(), database.name(), database.createdAt());
    }

    @Override
    public Optional<Database> takeOver(Database found) {
      try {
        return Optional.of(withFreshConnection(found));
      } catch (ManagementApiException e) {
        // Nobody will ever connect to it, and the caller does not learn its id.
        Cleanup.after(e, () -> delete(found.id()));
        throw e;
      }
    }
  }
}
