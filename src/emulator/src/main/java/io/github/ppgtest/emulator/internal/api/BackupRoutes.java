package io.github.ppgtest.emulator.internal.api;

import io.github.ppgtest.emulator.internal.http.ApiError;
import io.github.ppgtest.emulator.internal.http.Request;
import io.github.ppgtest.emulator.internal.http.Response;
import io.github.ppgtest.emulator.internal.http.Router;
import io.github.ppgtest.emulator.internal.http.Timestamps;
import io.github.ppgtest.emulator.internal.state.Backup;
import io.github.ppgtest.emulator.internal.state.Backups;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /v1/databases/{databaseId}/backups} and {@code …/restore}. */
final class BackupRoutes {
  /** The retention of all Prisma's plans but the largest. The emulator keeps backups to its end. */
  private static final int RETENTION_DAYS = 7;

  private final Backups backups;
  private final DatabaseViews databaseViews;

  BackupRoutes(Backups backups, DatabaseViews databaseViews) {
    this.backups = backups;
    this.databaseViews = databaseViews;
  }

  void addTo(Router router) {
    router
        .get("/v1/databases/{databaseId}/backups", this::list)
        .post("/v1/databases/{targetDatabaseId}/restore", this::restore);
  }

  /** There is no cursor: the contract has none. */
  private Response list(Request request) {
    Optional<Integer> limit = ListQuery.limit(request);
    List<Backup> all = backups.list(request.path("databaseId"));
    List<BackupJson> shown =
        all.stream().limit(limit.orElse(Integer.MAX_VALUE)).map(BackupRoutes::json).toList();
    return Response.bare(
        200,
        new ListJson(
            shown,
            new Meta(RETENTION_DAYS),
            new Pagination(shown.size() < all.size(), limit.orElse(null))));
  }

  private Response restore(Request request) {
    return Response.data(
        200,
        databaseViews.shown(
            backups.restore(
                request.path("targetDatabaseId"),
                SourceReader.restoration(request.body(ApiError.UNPROCESSABLE)))));
  }

  private static BackupJson json(Backup backup) {
    return new BackupJson(
        backup.id(),
        "full",
        Timestamps.of(backup.createdAt()),
        backup.size(),
        "completed",
        "backup");
  }

  private record BackupJson(
      String id, String backupType, String createdAt, long size, String status, String type) {}

  private record ListJson(List<BackupJson> data, Meta meta, Pagination pagination) {}

  private record Meta(int backupRetentionDays) {}

  private record Pagination(boolean hasMore, @Nullable Integer limit) {}
}
