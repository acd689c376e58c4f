package io.github.ppgtest.emulator.internal.api;

import io.github.ppgtest.emulator.internal.http.ApiError;
import io.github.ppgtest.emulator.internal.http.Request;
import io.github.ppgtest.emulator.internal.http.RequestBody;
import io.github.ppgtest.emulator.internal.http.Response;
import io.github.ppgtest.emulator.internal.http.Router;
import io.github.ppgtest.emulator.internal.state.DatabaseStore;
import io.github.ppgtest.emulator.internal.state.Ids;
import java.util.Optional;

/** {@code /v1/databases} and {@code /v1/projects/{projectId}/databases}. */
final class DatabaseRoutes {
  /** The status with which the contract has both creating endpoints refuse a field. */
  private static final int BAD_REQUEST = 400;

  private final DatabaseStore databases;
  private final NewDatabaseReader reader;
  private final DatabaseViews views;

  DatabaseRoutes(DatabaseStore databases, NewDatabaseReader reader, DatabaseViews views) {
    this.databases = databases;
    this.reader = reader;
    this.views = views;
  }

  void addTo(Router router) {
    router
        .post("/v1/databases", this::create)
        .get("/v1/databases", this::list)
        .get("/v1/databases/{databaseId}", this::get)
        .patch("/v1/databases/{databaseId}", this::update)
        .delete("/v1/databases/{databaseId}", this::delete)
        .post("/v1/projects/{projectId}/databases", this::createNested)
        .get("/v1/projects/{projectId}/databases", this::listNested);
  }

  private Response create(Request request) {
    RequestBody body = request.body(BAD_REQUEST);
    String projectId = body.requiredText("projectId");
    return Response.data(
        201, views.created(databases.create(projectId, reader.flat(projectId, body))));
  }

  private Response createNested(Request request) {
    RequestBody body = request.body(BAD_REQUEST);
    String projectId = request.path("projectId");
    return Response.data(
        201, views.createdNested(databases.create(projectId, reader.nested(projectId, body))));
  }

  private Response list(Request request) {
    Optional<String> projectId = ListQuery.id(request, "projectId", Ids.PROJECT);
    Optional<String> branchId = branchId(request);
    Optional<String> logicalId = request.query("logicalId");
    return ListQuery.answer(
        databases.list(
            ListQuery.of(request),
            database ->
                (projectId.isEmpty() || projectId.get().equals(database.projectId()))
                    && (branchId.isEmpty() || branchId.get().equals(database.branchId()))
                    && (logicalId.isEmpty() || logicalId.get().equals(database.logicalId()))),
        views::shown);
  }

  /** {@code unassigned} is a branch that no database is on. */
  private static Optional<String> branchId(Request request) {
    if (request.query("branchGitName").isPresent()) {
      throw ApiError.invalid(
          ApiError.UNPROCESSABLE,
          "branchGitName",
          "the emulator does not know branches by name; take branchId.");
    }
    return request.query("branchId");
  }

  private Response listNested(Request request) {
    return ListQuery.answer(
        databases.listOfProject(request.path("projectId"), ListQuery.of(request)), views::shown);
  }

  private Response get(Request request) {
    return Response.data(200, views.shown(databases.get(request.path("databaseId"))));
  }

  private Response update(Request request) {
    RequestBody body = request.body(ApiError.UNPROCESSABLE);
    if (body.has("branchId")) {
      throw body.invalid("branchId", "the emulator does not move databases between branches.");
    }
    NewDatabaseReader.refuseBranchByName(body);
    return Response.data(
        200,
        views.shown(
            databases.update(
                request.path("databaseId"),
                body.text("name").orElse(null),
                body.text("logicalId").orElse(null))));
  }

  private Response delete(Request request) {
    databases.delete(request.path("databaseId"));
    return Response.noContent();
  }
}
