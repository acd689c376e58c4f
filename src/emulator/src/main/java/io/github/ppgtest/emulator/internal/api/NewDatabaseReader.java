package io.github.ppgtest.emulator.internal.api;

import io.github.ppgtest.emulator.internal.http.RequestBody;
import io.github.ppgtest.emulator.internal.state.DatabaseStore;
import io.github.ppgtest.emulator.internal.state.NewDatabase;
import io.github.ppgtest.emulator.internal.state.Region;

/** Reads the settings of a new database, and refuses those that the emulator does not support. */
final class NewDatabaseReader {
  private static final String INHERIT = "inherit";

  private final RegionCatalog regions;
  private final DatabaseStore databases;

  NewDatabaseReader(RegionCatalog regions, DatabaseStore databases) {
    this.regions = regions;
    this.databases = databases;
  }

  /** Reads the body of {@code POST /v1/projects/{projectId}/databases}. */
  NewDatabase nested(String projectId, RequestBody body) {
    return new NewDatabase(
        body.text("name").orElse(null),
        region(projectId, body),
        body.flag("isDefault", false),
        SourceReader.creationOrDeprecated(body),
        null,
        null);
  }

  /** Reads the body of {@code POST /v1/databases}, except for the project. */
  NewDatabase flat(String projectId, RequestBody body) {
    refuseBranchByName(body);
    return new NewDatabase(
        body.text("name").orElse(null),
        region(projectId, body),
        body.flag("isDefault", false),
        SourceReader.creation(body),
        body.text("branchId").orElse(null),
        body.text("logicalId").orElse(null));
  }

  static void refuseBranchByName(RequestBody body) {
    if (body.has("branchGitName")) {
      throw body.invalid(
          "branchGitName", "the emulator only has the default branch of each project so far.");
    }
  }

  private Region region(String projectId, RequestBody body) {
    boolean inherited = body.text("region").filter(INHERIT::equals).isPresent();
    return regions.requireAvailable(
        inherited
            ? databases.inheritedRegion(projectId)
            : regions.read(body).orElse(Region.DEFAULT),
        body);
  }
}
