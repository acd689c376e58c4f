package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.ApiCall;
import io.github.ppgtest.management.internal.Creation;
import io.github.ppgtest.management.internal.Fields;
import io.github.ppgtest.management.internal.Json;
import io.github.ppgtest.management.internal.Resources;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The creation of a database, and its look-up when the answer is lost. */
final class DatabaseCreation implements Creation<Database> {
  private final Databases databases;
  private final CreateDatabase request;
  private final boolean comesBack;

  DatabaseCreation(Databases databases, CreateDatabase request, boolean comesBack) {
    this.databases = databases;
    this.request = request;
    this.comesBack = comesBack;
  }

  @Override
  public boolean comesBack() {
    return comesBack;
  }

  @Override
  public String kind() {
    return "database";
  }

  @Override
  public ApiCall call() {
    ObjectNode body = Json.object().put("projectId", request.projectId());
    Json.put(body, "name", request.name());
    Json.put(body, "region", request.region());
    if (request.isDefault()) {
      body.put("isDefault", true);
    }
    Json.put(body, "branchId", request.branchId());
    Json.put(body, "logicalId", request.logicalId());
    if (!(request.source() instanceof DatabaseSource.Empty)) {
      body.set("source", json(request.source()));
    }
    return ApiCall.post(Databases.PATH, body).about(request.projectId(), Databases.PROJECT_PREFIX);
  }

  @Override
  public Function<Fields, Database> reader() {
    return Resources::database;
  }

  @Override
  public @Nullable String name() {
    return request.name();
  }

  @Override
  public Stream<Database> siblings() {
    return databases.all(request.projectId());
  }

  @Override
  public Identity identify(Database database) {
    return new Identity(database.id(), database.name(), database.createdAt());
  }

  @Override
  public Optional<Database> takeOver(Database found) {
    try {
      return Optional.of(databases.withFreshConnection(found));
    } catch (ManagementApiException e) {
      // It will not be used, and the caller does not learn its id.
      Cleanup.after(e, () -> databases.delete(found.id()));
      throw e;
    }
  }

  /** Writes a source as requests name it. */
  static ObjectNode json(DatabaseSource source) {
    ObjectNode json = Json.object();
    if (source instanceof DatabaseSource.OfDatabase database) {
      return json.put("type", "database").put("databaseId", database.databaseId());
    }
    if (source instanceof DatabaseSource.OfBackup backup) {
      return json.put("type", "backup")
          .put("databaseId", backup.databaseId())
          .put("backupId", backup.backupId());
    }
    return json.put("type", "empty");
  }
}
