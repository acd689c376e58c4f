package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.Check;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Describes a database to create. Immutable: each method returns a copy.
 *
 * <pre>{@code
 * CreateDatabase.inProject("proj_…").named("orders-tests-4711").inRegion("eu-central-1")
 * }</pre>
 *
 * @param projectId the project it belongs to, {@code proj_…}; never blank
 * @param name the display name, or null to let the API choose; make it unique, so that a creation
 *     with a lost answer can be found again
 * @param region a region's id, {@code inherit} for the project's own, or null for the API's default
 * @param isDefault whether it becomes the project's default database, which cannot be deleted
 * @param branchId the branch to attach it to, or null for the project's default branch
 * @param logicalId an identity of the caller's choice, unique in the branch, or null
 * @param source the source of its content
 * @since 0.1.0
 */
public record CreateDatabase(
    String projectId,
    @Nullable String name,
    @Nullable String region,
    boolean isDefault,
    @Nullable String branchId,
    @Nullable String logicalId,
    DatabaseSource source) {
  /** Checks the parts. */
  public CreateDatabase {
    Check.text(projectId, "projectId");
    Check.optionalText(name, "name");
    Check.optionalText(region, "region");
    Check.optionalText(branchId, "branchId");
    Check.optionalText(logicalId, "logicalId");
    Objects.requireNonNull(source, "source");
    if (source instanceof DatabaseSource.Unknown) {
      throw new IllegalArgumentException("source must be one that this client knows: " + source);
    }
  }

  /**
   * Describes an empty database that the API names. When the answer to its creation is lost, a
   * database without a name cannot be looked up, and the creation fails: see {@link #named}.
   *
   * @param projectId the project, {@code proj_…}; never blank
   * @return the description
   */
  public static CreateDatabase inProject(String projectId) {
    return new CreateDatabase(projectId, null, null, false, null, null, new DatabaseSource.Empty());
  }

  /**
   * Sets the display name; by default the API chooses one.
   *
   * @param text the name; never blank; best unique
   * @return a copy with that name
   */
  public CreateDatabase named(String text) {
    return new CreateDatabase(
        projectId, Check.text(text, "name"), region, isDefault, branchId, logicalId, source);
  }

  /**
   * Sets the region; the API's default is us-east-1.
   *
   * @param id a region's id, or {@code inherit} for the project's own; never blank
   * @return a copy with that region
   */
  public CreateDatabase inRegion(String id) {
    return new CreateDatabase(
        projectId, name, Check.text(id, "region"), isDefault, branchId, logicalId, source);
  }

  /**
   * Makes it the project's default database, which is deleted only with its project; not so by
   * default.
   *
   * @return a copy that asks for the default database
   */
  public CreateDatabase asDefault() {
    return new CreateDatabase(projectId, name, region, true, branchId, logicalId, source);
  }

  /**
   * Attaches it to a branch; by default to the project's default branch.
   *
   * @param id the branch's id; never blank
   * @return a copy with that branch
   */
  public CreateDatabase onBranch(String id) {
    return new CreateDatabase(
        projectId, name, region, isDefault, Check.text(id, "branchId"), logicalId, source);
  }

  /**
   * Declares an identity, which the API keeps unique in the branch; none by default.
   *
   * @param id the identity; never blank
   * @return a copy with that identity
   */
  public CreateDatabase withLogicalId(String id) {
    return new CreateDatabase(
        projectId, name, region, isDefault, branchId, Check.text(id, "logicalId"), source);
  }

  /**
   * Makes it a clone of another database, with all its content; by default it is empty.
   *
   * @param databaseId the database to clone, {@code db_…}; never blank
   * @return a copy that asks for a clone
   */
  public CreateDatabase cloneOf(String databaseId) {
    return from(new DatabaseSource.OfDatabase(databaseId));
  }

  /**
   * Fills it from a backup; by default it is empty.
   *
   * @param databaseId the database that the backup belongs to, {@code db_…}; never blank
   * @param backupId the backup's id; never blank
   * @return a copy that asks for the backup's content
   */
  public CreateDatabase fromBackup(String databaseId, String backupId) {
    return from(new DatabaseSource.OfBackup(databaseId, backupId));
  }

  private CreateDatabase from(DatabaseSource other) {
    return new CreateDatabase(projectId, name, region, isDefault, branchId, logicalId, other);
  }
}
