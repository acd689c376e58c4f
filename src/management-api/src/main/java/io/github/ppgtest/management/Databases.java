package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.ApiCall;
import io.github.ppgtest.management.internal.ApiClient;
import io.github.ppgtest.management.internal.Check;
import io.github.ppgtest.management.internal.Json;
import io.github.ppgtest.management.internal.Resources;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
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
  static final String PATH = "/v1/databases";
  private static final String PREFIX = "db_";
  static final String PROJECT_PREFIX = "proj_";

  private final ApiClient client;
  private final Connections connections;

  Databases(ApiClient client, Connections connections) {
    this.client = client;
    this.connections = connections;
  }

  /**
   * Creates a database. Only this result has connection strings. The database may still be {@link
   * DatabaseStatus#PROVISIONING}: ask {@link #get} until it is ready.
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
    return client.create(new DatabaseCreation(this, request, true));
  }

  /**
   * Creates a database as {@link #create} does, but does not wait where the API refuses it for its
   * rate: for callers with many requests, which let others go first then.
   *
   * @param request what to create
   * @return the database, as {@link #create} returns it
   * @throws RateLimitExceededException if the API refuses it, with how long to wait
   * @throws ManagementApiException as {@link #create} does
   */
  public Database createUnlessRefused(CreateDatabase request) {
    return client.create(new DatabaseCreation(this, request, false));
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
   * @return a lazy stream; consuming it throws {@link ManagementApiException} if a call fails
   */
  public Stream<Database> all(String projectId) {
    return client.all(listOf(projectId), Resources::database);
  }

  /**
   * Lists all databases of all projects that the token can see, page by page: each page is fetched
   * when the stream reaches it.
   *
   * @return a lazy stream; consuming it throws {@link ManagementApiException} if a call fails
   */
  public Stream<Database> all() {
    return client.all(ApiCall.get(PATH), Resources::database);
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

  /**
   * Lists the backups of a database, up to the API's default number.
   *
   * @param id its id, {@code db_…}; never blank
   * @return the backups, and for how long they are kept
   * @throws ResourceNotFoundException if the database is not there
   * @throws ValidationException if the API makes no backups of such a database
   * @throws ManagementApiException if the call fails otherwise
   */
  public Backups backups(String id) {
    return client.whole(ApiCall.get(path(id) + "/backups").about(id, PREFIX), Resources::backups);
  }

  /**
   * Lists the backups of a database. There are no pages; a higher limit shows more.
   *
   * @param id its id, {@code db_…}; never blank
   * @param limit the most to show, at least 1
   * @return the backups, and for how long they are kept
   * @throws ResourceNotFoundException if the database is not there
   * @throws ValidationException if the API makes no backups of such a database
   * @throws ManagementApiException if the call fails otherwise
   */
  public Backups backups(String id, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1 but is " + limit);
    }
    return client.whole(
        ApiCall.get(path(id) + "/backups?limit=" + limit).about(id, PREFIX), Resources::backups);
  }

  /**
   * Replaces a database's content by a backup's; later writes are lost, and its sessions end. Its
   * connections and their credentials stay. It is {@link DatabaseStatus#RECOVERING} then: ask
   * {@link #get} until it is ready.
   *
   * <p>The call is not repeated when its answer is lost, as a second restoration would lose writes
   * after the first.
   *
   * @param id the database to restore, {@code db_…}; never blank; not its project's default one
   * @param backup a backup of this database, or of another
   * @return the database, without connection strings
   * @throws ResourceNotFoundException if the database or the backup is not there
   * @throws ConflictException if the database is being created or restored
   * @throws ValidationException if the database cannot be restored, or not from this backup
   * @throws ChangeUncertainException if it may be restored, and the answer is lost
   * @throws ManagementApiException if the call fails otherwise
   */
  public Database restore(String id, DatabaseSource.OfBackup backup) {
    ObjectNode body = Json.object();
    body.set("source", DatabaseCreation.json(backup));
    return client.change(
        ApiCall.post(path(id) + "/restore", body).about(id, PREFIX),
        Resources::database,
        "Database "
            + id
            + " may be restored: get it, its status and source tell. Restore it again if it was"
            + " not.");
  }

  /**
   * Gets a database's usage in a period.
   *
   * @param id its id, {@code db_…}; never blank
   * @param start the period's beginning
   * @param end the period's end
   * @return the usage
   * @throws ResourceNotFoundException if the database is not there
   * @throws ValidationException if the API does not take the period
   * @throws ManagementApiException if the call fails otherwise
   */
  public Usage usage(String id, Instant start, Instant end) {
    return usageAt(id, "?startDate=" + date(start) + "&endDate=" + date(end));
  }

  /**
   * Gets a database's usage in the period that the API chooses.
   *
   * @param id its id, {@code db_…}; never blank
   * @return the usage
   * @throws ResourceNotFoundException if the database is not there
   * @throws ManagementApiException if the call fails otherwise
   */
  public Usage usage(String id) {
    return usageAt(id, "");
  }

  private Usage usageAt(String id, String query) {
    return client.whole(
        ApiCall.get(path(id) + "/usage" + query).about(id, PREFIX), Resources::usage);
  }

  /** With milliseconds, as exact as the API itself shows times. */
  private static String date(Instant moment) {
    return ApiCall.encode(moment.truncatedTo(ChronoUnit.MILLIS).toString());
  }

  /** Gives a database a new connection after its creating answer was lost. */
  Database withFreshConnection(Database database) {
    // Its own name keeps it apart from a connection that came with the database.
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
}
