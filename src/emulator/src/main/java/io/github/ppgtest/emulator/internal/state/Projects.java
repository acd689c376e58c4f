package io.github.ppgtest.emulator.internal.state;

import io.github.ppgtest.emulator.internal.http.ApiError;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Creates, finds, renames and deletes projects. Safe for use by many threads. */
public final class Projects {
  private final Workspace workspace;
  private final DatabaseStore databases;

  public Projects(Workspace workspace, DatabaseStore databases) {
    this.workspace = workspace;
    this.databases = databases;
  }

  /** Returns at once; the default database is provisioned in the background. */
  public CreatedProject create(NewProject wanted) {
    databases.look();
    return workspace.atomically(
        () -> {
          refuseTaken(wanted.logicalId());
          if (wanted.createDatabase()) {
            databases.refuseTooMany();
          }
          String id = workspace.newId(Ids.PROJECT);
          Project project =
              new Project(
                  workspace.projects.nextSequence(),
                  id,
                  wanted.name() == null ? "Project " + DatabaseStore.shortened(id) : wanted.name(),
                  wanted.logicalId(),
                  workspace.now(),
                  wanted.region(),
                  workspace.newId(Ids.BRANCH));
          workspace.projects.put(project);
          return new CreatedProject(
              project,
              wanted.createDatabase()
                  ? databases.create(
                      project, new NewDatabase(null, null, true, DatabaseSource.EMPTY, null, null))
                  : null);
        });
  }

  private void refuseTaken(@Nullable String logicalId) {
    if (logicalId == null) {
      return;
    }
    workspace.projects.list(other -> logicalId.equals(other.logicalId())).stream()
        .findFirst()
        .ifPresent(
            other -> {
              throw ApiError.conflict(
                  "Project %s has the logicalId %s in this workspace already."
                      .formatted(other.id(), ApiError.quote(logicalId)),
                  "Use that project, or another logicalId.");
            });
  }

  public Project get(String id) {
    return workspace.atomically(() -> workspace.project(id));
  }

  /** Lists those that pass a filter. */
  public Page<Project> list(PageRequest request, Predicate<Project> filter) {
    return workspace.page(workspace.projects, request, filter);
  }

  /** Changes the name unless it is null. */
  public Project update(String id, @Nullable String name) {
    return workspace.atomically(
        () -> {
          Project project = workspace.project(id);
          Project updated = name == null ? project : project.renamed(name);
          workspace.projects.put(updated);
          return updated;
        });
  }

  /** Returns when the engine has dropped all databases of the project, the default one included. */
  public void delete(String id) {
    List<CompletableFuture<Void>> drops =
        workspace.atomically(
            () -> {
              Project project = workspace.project(id);
              List<Database> members =
                  workspace.databases.list(database -> database.projectId().equals(project.id()));
              List<CompletableFuture<Void>> steps =
                  members.stream().map(databases::remove).toList();
              workspace.projects.remove(id);
              return steps;
            });
    EngineWorkers.await(CompletableFuture.allOf(drops.toArray(CompletableFuture[]::new)));
  }
}
