package io.github.ppgtest.emulator.internal.api;

import io.github.ppgtest.emulator.internal.http.ApiError;
import io.github.ppgtest.emulator.internal.http.Request;
import io.github.ppgtest.emulator.internal.http.RequestBody;
import io.github.ppgtest.emulator.internal.http.Response;
import io.github.ppgtest.emulator.internal.http.Router;
import io.github.ppgtest.emulator.internal.state.Connections;
import io.github.ppgtest.emulator.internal.state.Ids;
import java.util.Optional;

/** {@code /v1/connections} and {@code /v1/databases/{databaseId}/connections}. */
final class ConnectionRoutes {
  private final Connections connections;
  private final ConnectionViews views;

  ConnectionRoutes(Connections connections, ConnectionViews views) {
    this.connections = connections;
    this.views = views;
  }

  void addTo(Router router) {
    router
        .post("/v1/connections", this::create)
        .get("/v1/connections", this::list)
        .get("/v1/connections/{id}", this::get)
        .delete("/v1/connections/{id}", this::delete)
        .post("/v1/connections/{id}/rotate", this::rotate)
        .post("/v1/databases/{databaseId}/connections", this::createNested)
        .get("/v1/databases/{databaseId}/connections", this::listNested);
  }

  private Response create(Request request) {
    RequestBody body = request.body(ApiError.UNPROCESSABLE);
    return create(201, body.requiredText("databaseId"), body);
  }

  /** Answers 200 where the flat endpoint answers 201: so it is in the contract. */
  private Response createNested(Request request) {
    return create(200, request.path("databaseId"), request.body(ApiError.UNPROCESSABLE));
  }

  private Response create(int status, String databaseId, RequestBody body) {
    return Response.data(
        status, views.created(connections.create(databaseId, body.requiredText("name"))));
  }

  private Response rotate(Request request) {
    return Response.data(200, views.created(connections.rotate(request.path("id"))));
  }

  private Response list(Request request) {
    Optional<String> databaseId = ListQuery.id(request, "databaseId", Ids.DATABASE);
    return ListQuery.answer(
        connections.list(
            ListQuery.of(request),
            connection -> databaseId.isEmpty() || databaseId.get().equals(connection.databaseId())),
        views::shown);
  }

  private Response listNested(Request request) {
    return ListQuery.answer(
        connections.listOfDatabase(request.path("databaseId"), ListQuery.of(request)),
        views::shown);
  }

  private Response get(Request request) {
    return Response.data(200, views.shown(connections.get(request.path("id"))));
  }

  private Response delete(Request request) {
    connections.delete(request.path("id"));
    return Response.noContent();
  }
}
