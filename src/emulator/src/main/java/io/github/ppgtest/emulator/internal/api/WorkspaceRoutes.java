package io.github.ppgtest.emulator.internal.api;

import io.github.ppgtest.emulator.internal.http.ApiError;
import io.github.ppgtest.emulator.internal.http.Request;
import io.github.ppgtest.emulator.internal.http.Response;
import io.github.ppgtest.emulator.internal.http.Router;
import io.github.ppgtest.emulator.internal.state.Ids;
import io.github.ppgtest.emulator.internal.state.Page;
import io.github.ppgtest.emulator.internal.state.Workspace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /v1/workspaces} and {@code /v1/me}: a service token stands for one workspace, no user. */
final class WorkspaceRoutes {
  private final Workspace workspace;
  private final Links links;

  WorkspaceRoutes(Workspace workspace, Links links) {
    this.workspace = workspace;
    this.links = links;
  }

  void addTo(Router router) {
    router
        .get("/v1/workspaces", this::list)
        .get("/v1/workspaces/{id}", this::get)
        .get("/v1/workspaces/{id}/subscription", this::subscription)
        .get("/v1/me", this::me);
  }

  private Response list(Request request) {
    boolean firstPage = ListQuery.of(request).after() == 0;
    return ListQuery.answer(
        new Page<>(firstPage ? List.of(workspace) : List.of(), 1, false), this::json);
  }

  private Response get(Request request) {
    requireOurs(request.path("id"));
    return Response.data(200, json(workspace));
  }

  /** Nothing is ever blocked here, and there is nothing to pay for. */
  private Response subscription(Request request) {
    requireOurs(request.path("id"));
    return Response.data(
        200, new SubscriptionJson("Emulator", false, "https://www.prisma.io/pricing"));
  }

  private void requireOurs(String id) {
    if (!id.equals(workspace.id())) {
      throw ApiError.notFound("Workspace", id, Ids.WORKSPACE);
    }
  }

  private Response me(Request request) {
    return Response.data(
        200,
        new MeJson(
            null,
            new MeJson.WorkspaceRef(workspace.id(), workspace.name()),
            new MeJson.Credential("service_token", null, "Service token of the emulator")));
  }

  private WorkspaceJson json(Workspace shown) {
    return new WorkspaceJson(
        shown.id(),
        "workspace",
        links.workspace(shown.id()),
        shown.name(),
        Timestamps.of(shown.createdAt()));
  }

  private record WorkspaceJson(String id, String type, String url, String name, String createdAt) {}

  private record SubscriptionJson(String planName, boolean usageBlocked, String upgradeUrl) {}

  private record MeJson(@Nullable Object user, WorkspaceRef workspace, Credential credential) {
    record WorkspaceRef(String id, String name) {}

    record Credential(String type, @Nullable String id, @Nullable String name) {}
  }
}
