package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.Check;
import org.jspecify.annotations.Nullable;

/**
 * Describes a project to create. Immutable: each method returns a copy.
 *
 * <pre>{@code
 * CreateProject.named("orders-tests-4711").withoutDatabase().inRegion("eu-central-1")
 * }</pre>
 *
 * @param name the display name, or null to let the API choose; make it unique, so that a creation
 *     with a lost answer can be found again
 * @param createDatabase whether a default database is created too
 * @param region the region of the default database, or null for the API's default
 * @param logicalId an identity of the caller's choice, unique in the workspace, or null
 * @param workspaceId the workspace to create it in, {@code wksp_…}, or null for the token's own
 * @since 0.1.0
 */
public record CreateProject(
    @Nullable String name,
    boolean createDatabase,
    @Nullable String region,
    @Nullable String logicalId,
    @Nullable String workspaceId) {
  /** Checks the parts. */
  public CreateProject {
    Check.optionalText(name, "name");
    Check.optionalText(region, "region");
    Check.optionalText(logicalId, "logicalId");
    Check.optionalText(workspaceId, "workspaceId");
  }

  /**
   * Describes a project with a name and, unless told otherwise, a default database.
   *
   * @param name the display name; never blank; best unique
   * @return the description
   */
  public static CreateProject named(String name) {
    return new CreateProject(Check.text(name, "name"), true, null, null, null);
  }

  /**
   * Describes a project that the API names. When the answer to its creation is lost, it cannot be
   * looked up, and the creation fails.
   *
   * @return the description
   */
  public static CreateProject unnamed() {
    return new CreateProject(null, true, null, null, null);
  }

  /**
   * Leaves out the default database.
   *
   * @return a copy that asks for no database
   */
  public CreateProject withoutDatabase() {
    return new CreateProject(name, false, region, logicalId, workspaceId);
  }

  /**
   * Sets the region; the API's default is us-east-1.
   *
   * @param id a region's id; never blank
   * @return a copy with that region
   */
  public CreateProject inRegion(String id) {
    return new CreateProject(
        name, createDatabase, Check.text(id, "region"), logicalId, workspaceId);
  }

  /**
   * Declares an identity, which the API keeps unique in the workspace; none by default.
   *
   * @param id the identity; never blank
   * @return a copy with that identity
   */
  public CreateProject withLogicalId(String id) {
    return new CreateProject(
        name, createDatabase, region, Check.text(id, "logicalId"), workspaceId);
  }

  /**
   * Sets the workspace; by default the one that the token belongs to.
   *
   * @param id a workspace's id, {@code wksp_…}; never blank
   * @return a copy with that workspace
   */
  public CreateProject inWorkspace(String id) {
    return new CreateProject(
        name, createDatabase, region, logicalId, Check.text(id, "workspaceId"));
  }
}
