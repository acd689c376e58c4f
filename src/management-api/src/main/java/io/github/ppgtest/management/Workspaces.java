package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.ApiCall;
import io.github.ppgtest.management.internal.ApiClient;
import io.github.ppgtest.management.internal.Check;
import io.github.ppgtest.management.internal.Resources;
import java.util.stream.Stream;

/**
 * The workspaces that the token can see. Safe for use by several threads at once.
 *
 * <pre>{@code
 * Workspace workspace = api.workspaces().get("wksp_…");
 * }</pre>
 *
 * @since 0.1.0
 */
public final class Workspaces {
  private static final String PATH = "/v1/workspaces";

  private static final String PREFIX = "wksp_";

  private final ApiClient client;

  Workspaces(ApiClient client) {
    this.client = client;
  }

  /**
   * Gets one workspace.
   *
   * @param id its id, {@code wksp_…}; never blank
   * @return the workspace
   * @throws ResourceNotFoundException if it is not there
   * @throws ManagementApiException if the call fails otherwise
   */
  public Workspace get(String id) {
    return client.one(ApiCall.get(path(id)).about(id, PREFIX), Resources::workspace);
  }

  /**
   * Gets the subscription of a workspace.
   *
   * @param id its id, {@code wksp_…}; never blank
   * @return its plan
   * @throws ResourceNotFoundException if it is not there
   * @throws ManagementApiException if the call fails otherwise
   */
  public Subscription subscription(String id) {
    return client.one(
        ApiCall.get(path(id) + "/subscription").about(id, PREFIX), Resources::subscription);
  }

  /**
   * Gets one page of the list.
   *
   * @param request which page
   * @return the page
   * @throws ManagementApiException if the call fails
   */
  public Page<Workspace> list(PageRequest request) {
    return client.page(ApiCall.get(PATH), request, Resources::workspace);
  }

  /**
   * Lists all, page by page: each page is fetched when the stream reaches it.
   *
   * @return a lazy stream; consuming it throws {@link ManagementApiException} if a call fails
   */
  public Stream<Workspace> all() {
    return client.all(ApiCall.get(PATH), Resources::workspace);
  }

  private static String path(String id) {
    return PATH + "/" + ApiCall.encode(Check.text(id, "id"));
  }
}
