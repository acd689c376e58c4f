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
 * The projects of a workspace. Safe for use by several threads at once.
 *
 * <pre>{@code
 * Project project = api.projects().create(CreateProject.named("tests-4711").withoutDatabase());
 * api.projects().delete(project.id());
 * }</pre>
 *
 * @since 0.1.0
 */
public final class Projects {
  private static final String PATH = "/v1/projects";
  private static final String PREFIX = "proj_";

  private final ApiClient client;
  private final Databases databases;

  Projects(ApiClient client, Databases databases) {
    this.client = client;
    this.databases = databases;
  }

  /**
   * Creates a project, with a default database unless the request says otherwise. Only this result
   * has the database, and its connection strings.
   *
   * <p>If the answer is lost, the project is looked up by its name and taken over, with a fresh
   * connection to its default database, before a second one is created.
   *
   * @param request what to create
   * @return the project
   * @throws CreationUncertainException if it may have been created, and cannot be found
   * @throws ManagementApiException if the call fails otherwise
   */
  public Project create(CreateProject request) {
    return client.create(new ProjectCreation(request));
  }

  /**
   * Gets one project, without its database.
   *
   * @param id its id, {@code proj_…}; never blank
   * @return the project
   * @throws ResourceNotFoundException if it is not there
   * @throws ManagementApiException if the call fails otherwise
   */
  public Project get(String id) {
    return client.one(ApiCall.get(path(id)).about(id, PREFIX), Resources::project);
  }

  /**
   * Gets one page of the projects that the token can see.
   *
   * @param request which page
   * @return the page
   * @throws ManagementApiException if the call fails
   */
  public Page<Project> list(PageRequest request) {
    return client.page(ApiCall.get(PATH), request, Resources::project);
  }

  /**
   * Lists all projects that the token can see, page by page: each page is fetched when the stream
   * reaches it.
   *
   * @return a lazy stream; consuming it throws {@link ManagementApiException} if a call fails
   */
  public Stream<Project> all() {
    return client.all(ApiCall.get(PATH), Resources::project);
  }

  /**
   * Renames a project.
   *
   * @param id its id, {@code proj_…}; never blank
   * @param name the new display name; never blank
   * @return the project under its new name
   * @throws ResourceNotFoundException if it is not there
   * @throws ManagementApiException if the call fails otherwise
   */
  public Project rename(String id, String name) {
    ObjectNode body = Json.object().put("name", Check.text(name, "name"));
    return client.one(ApiCall.patch(path(id), body).about(id, PREFIX), Resources::project);
  }

  /**
   * Deletes a project and all its databases.
   *
   * @param id its id, {@code proj_…}; never blank
   * @throws ResourceNotFoundException if it is not there; not when a repeated attempt finds it gone
   * @throws ValidationException if something depends on it
   * @throws ManagementApiException if the call fails otherwise
   */
  public void delete(String id) {
    client.send(ApiCall.delete(path(id)).about(id, PREFIX));
  }

  private static String path(String id) {
    return PATH + "/" + ApiCall.encode(Check.text(id, "id"));
  }

  private final class ProjectCreation implements Creation<Project> {
    private final CreateProject request;

    ProjectCreation(CreateProject request) {
      this.request = request;
    }

    @Override
    public String kind() {
      return "project";
    }

    @Override
    public ApiCall call() {
      ObjectNode body = Json.object().put("createDatabase", request.createDatabase());
      Json.put(body, "name", request.name());
      Json.put(body, "region", request.region());
      Json.put(body, "logicalId", request.logicalId());
      Json.put(body, "workspaceId", request.workspaceId());
      ApiCall call = ApiCall.post(PATH, body);
      String workspace = request.workspaceId();
      return workspace == null ? call : call.about(workspace, "wksp_");
    }

    @Override
    public Function<Fields, Project> reader() {
      return Resources::project;
    }

    @Override
    public @Nullable String name() {
      return request.name();
    }

    @Override
    public Stream<Project> siblings() {
      return all();
    }

    @Override
    public Identity identify(Project project) {
      return new Identity(project.id(), project.name(), project.createdAt());
    }

    @Override
    public Optional<Project> takeOver(Project found) {
      if (!request.createDatabase()) {
        return Optional.of(found);
      }
      try {
        return Optional.of(found.withDatabase(defaultDatabaseOf(found)));
      } catch (ManagementApiException e) {
        // Its database is of no use, and the caller does not learn its id.
        Cleanup.after(e, () -> delete(found.id()));
        throw e;
      }
    }

    private @Nullable Database defaultDatabaseOf(Project project) {
      return databases
          .all(project.id())
          .filter(Database::isDefault)
          .findFirst()
          .map(databases::withFreshConnection)
          .orElse(null);
    }
  }
}
