package io.github.ppgtest.emulator.internal.api;

import io.github.ppgtest.emulator.internal.http.ApiError;
import io.github.ppgtest.emulator.internal.http.Request;
import io.github.ppgtest.emulator.internal.http.RequestBody;
import io.github.ppgtest.emulator.internal.http.Response;
import io.github.ppgtest.emulator.internal.http.Router;
import io.github.ppgtest.emulator.internal.http.Timestamps;
import io.github.ppgtest.emulator.internal.state.Created;
import io.github.ppgtest.emulator.internal.state.CreatedProject;
import io.github.ppgtest.emulator.internal.state.DatabaseDetails;
import io.github.ppgtest.emulator.internal.state.Ids;
import io.github.ppgtest.emulator.internal.state.NewProject;
import io.github.ppgtest.emulator.internal.state.Project;
import io.github.ppgtest.emulator.internal.state.Projects;
import io.github.ppgtest.emulator.internal.state.Region;
import io.github.ppgtest.emulator.internal.state.Workspace;
import java.util.Objects;
import java.util.Optional;

/** {@code /v1/projects}. */
final class ProjectRoutes {
  private final Workspace workspace;
  private final Projects projects;
  private final RegionCatalog regions;
  private final DatabaseViews databaseViews;
  private final Links links;

  ProjectRoutes(
      Workspace workspace,
      Projects projects,
      RegionCatalog regions,
      DatabaseViews databaseViews,
      Links links) {
    this.workspace = workspace;
    this.projects = projects;
    this.regions = regions;
    this.databaseViews = databaseViews;
    this.links = links;
  }

  void addTo(Router router) {
    router
        .post("/v1/projects", this::create)
        .get("/v1/projects", this::list)
        .get("/v1/projects/{id}", this::get)
        .patch("/v1/projects/{id}", this::update)
        .delete("/v1/projects/{id}", this::delete);
  }

  private Response create(Request request) {
    RequestBody body = request.body(ApiError.UNPROCESSABLE);
    body.text("workspaceId")
        .filter(id -> !id.equals(workspace.id()))
        .ifPresent(
            id -> {
              throw ApiError.notFound("Workspace", id, Ids.WORKSPACE);
            });
    NewProject wanted =
        new NewProject(
            body.text("name").orElse(null),
            regions.read(body).orElse(null),
            body.text("logicalId").orElse(null),
            body.flag("createDatabase", true));
    if (wanted.region() != null || wanted.createDatabase()) {
      regions.requireAvailable(Objects.requireNonNullElse(wanted.region(), Region.DEFAULT), body);
    }
    return created(projects.create(wanted));
  }

  /** Shows a project that was just created. */
  Response created(CreatedProject created) {
    Created<DatabaseDetails> database = created.database();
    return Response.data(
        201,
        json(created.project())
            .created(database == null ? null : databaseViews.createdWithProject(database)));
  }

  private Response list(Request request) {
    Optional<String> logicalId = request.query("logicalId");
    return ListQuery.answer(
        projects.list(
            ListQuery.of(request),
            project -> logicalId.isEmpty() || logicalId.get().equals(project.logicalId())),
        this::json);
  }

  private Response get(Request request) {
    return Response.data(200, json(projects.get(request.path("id"))));
  }

  /**
   * The emulator has nothing that {@code settings} apply to; their type is checked all the same.
   */
  private Response update(Request request) {
    RequestBody body = request.body(ApiError.UNPROCESSABLE);
    body.object("settings");
    return Response.data(
        200, json(projects.update(request.path("id"), body.text("name").orElse(null))));
  }

  private Response delete(Request request) {
    projects.delete(request.path("id"));
    return Response.noContent();
  }

  private ProjectJson json(Project project) {
    Region region = project.defaultRegion();
    return new ProjectJson(
        project.id(),
        "project",
        links.project(project.id()),
        project.name(),
        project.logicalId(),
        Timestamps.of(project.createdAt()),
        region == null ? null : region.id(),
        new NamedLink(workspace.id(), links.workspace(workspace.id()), workspace.name()));
  }
}
