package io.github.ppgtest.emulator.internal.api;

import io.github.ppgtest.emulator.internal.auth.Caller;
import io.github.ppgtest.emulator.internal.http.ApiError;
import io.github.ppgtest.emulator.internal.http.Request;
import io.github.ppgtest.emulator.internal.http.Response;
import io.github.ppgtest.emulator.internal.http.Router;
import io.github.ppgtest.emulator.internal.http.Timestamps;
import io.github.ppgtest.emulator.internal.state.Ids;
import io.github.ppgtest.emulator.internal.state.Page;
import io.github.ppgtest.emulator.internal.state.User;
import io.github.ppgtest.emulator.internal.state.Workspace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v1/workspaces} and {@code /v1/me}: a token stands for one workspace, an OAuth token for a
 * user too.
 */
final class WorkspaceRoutes {
  private final Workspace workspace;
  private final Identities identities;
  private final Links links;

  WorkspaceRoutes(Workspace workspace, Identities identities, Links links) {
    this.workspace = workspace;
    this.identities = identities;
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
    Caller caller = identities.caller(request);
    User user = identities.user(caller);
    return Response.data(
        200,
        new MeJson(
            user == null ? null : new MeJson.UserJson(user.id(), user.email(), user.name()),
            new MeJson.WorkspaceRef(workspace.id(), workspace.name()),
            new MeJson.Credential(
                caller.credentialType(), caller.credentialId(), caller.credentialName())));
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

  private record MeJson(@Nullable UserJson user, WorkspaceRef workspace, Credential credential) {
    record UserJson(String id, String email, String name) {}

    record WorkspaceRef(String id, String name) {}

    record Credential(String type, @Nullable String id, @Nullable String name) {}
  }
}
