package io.github.ppgtest.cli.workspace;

import io.github.ppgtest.PrismaPostgresAdmin;
import io.github.ppgtest.ReapReport;
import io.github.ppgtest.ReapReport.Kind;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The databases in the cloud that a reaper lists, with their owners.
 *
 * @param databases all of them
 */
record CloudDatabases(List<ReapReport.Item> databases) {
  CloudDatabases {
    databases = List.copyOf(databases);
  }

  /** Lists those of the configured project, or else of the workspace. */
  static CloudDatabases list(PrismaPostgresAdmin cloud) {
    return new CloudDatabases(
        cloud.reaper().dryRun().items().stream()
            .filter(item -> item.kind() == Kind.DATABASE)
            .toList());
  }

  /**
   * Finds databases.
   *
   * @param names ids or names; empty for all
   * @throws IllegalArgumentException if there is none of a name, or several
   */
  List<ReapReport.Item> named(List<String> names) {
    return names.isEmpty() ? databases : names.stream().map(this::named).distinct().toList();
  }

  /** Finds the one of an id or a name. */
  ReapReport.Item named(String name) {
    List<ReapReport.Item> found =
        databases.stream()
            .filter(database -> database.id().equals(name) || database.name().equals(name))
            .toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "There is no database %s among the %d of the workspace, or of the project that PPGTEST_PROJECT_ID names. See: ppgtest usage"
              .formatted(name, databases.size()));
    }
    if (found.size() > 1) {
      throw new IllegalArgumentException(
          "%d databases have the name %s. Say which by its id: %s"
              .formatted(
                  found.size(),
                  name,
                  found.stream().map(ReapReport.Item::id).collect(Collectors.joining(", "))));
    }
    return found.get(0);
  }
}
