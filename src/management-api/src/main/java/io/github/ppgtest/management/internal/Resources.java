package io.github.ppgtest.management.internal;

import io.github.ppgtest.management.Backup;
import io.github.ppgtest.management.BackupStatus;
import io.github.ppgtest.management.BackupType;
import io.github.ppgtest.management.Backups;
import io.github.ppgtest.management.Connection;
import io.github.ppgtest.management.ConnectionKind;
import io.github.ppgtest.management.Database;
import io.github.ppgtest.management.DatabaseSource;
import io.github.ppgtest.management.DatabaseStatus;
import io.github.ppgtest.management.Principal;
import io.github.ppgtest.management.Project;
import io.github.ppgtest.management.Region;
import io.github.ppgtest.management.RegionStatus;
import io.github.ppgtest.management.ResourceRef;
import io.github.ppgtest.management.Subscription;
import io.github.ppgtest.management.Usage;
import io.github.ppgtest.management.Workspace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills the records from the API's JSON. Fields that are not known are passed over. */
public final class Resources {
  private Resources() {}

  /** Reads a region. */
  public static Region region(Fields json) {
    return new Region(
        json.id("id"),
        json.text("name"),
        json.constant("status", RegionStatus.class, RegionStatus.UNKNOWN));
  }

  /** Reads a workspace. */
  public static Workspace workspace(Fields json) {
    return new Workspace(
        json.id("id"), json.text("name"), json.optionalUri("url"), json.instant("createdAt"));
  }

  /** Reads the principal of a token. */
  public static Principal principal(Fields json) {
    Fields user = json.optionalObject("user");
    Fields credential = json.object("credential");
    return new Principal(
        user == null
            ? null
            : new Principal.User(user.id("id"), user.text("email"), user.optionalText("name")),
        ref(json.optionalObject("workspace")),
        new Principal.Credential(
            credential.someText("type"),
            credential.optionalText("id"),
            credential.optionalText("name")));
  }

  /** Reads a project, with its database where it comes with one. */
  public static Project project(Fields json) {
    Fields database = json.optionalObject("database");
    if (database == null) {
      // Its place in older answers.
      database = json.list("databases").stream().findFirst().orElse(null);
    }
    Project project =
        new Project(
            json.id("id"),
            json.text("name"),
            json.optionalUri("url"),
            json.optionalText("logicalId"),
            json.instant("createdAt"),
            json.optionalId("defaultRegion"),
            ref(json.optionalObject("workspace")),
            null);
    return database == null ? project : project.withDatabase(database(database, refTo(project)));
  }

  /** Reads a database. */
  public static Database database(Fields json) {
    return database(json, null);
  }

  /** Reads a connection. */
  public static Connection connection(Fields json) {
    return new Connection(
        json.id("id"),
        json.text("name"),
        json.optionalUri("url"),
        json.instant("createdAt"),
        json.has("kind")
            ? json.constant("kind", ConnectionKind.class, ConnectionKind.UNKNOWN)
            : ConnectionKind.UNKNOWN,
        EndpointReader.endpoints(json),
        ref(json.optionalObject("database")));
  }

  /** Reads the backups of a database out of a whole answer. */
  public static Backups backups(Fields json) {
    Fields pagination = json.optionalObject("pagination");
    return new Backups(
        json.list("data").stream().map(Resources::backup).toList(),
        json.object("meta").count("backupRetentionDays"),
        pagination != null && pagination.flag("hasMore"),
        pagination != null && pagination.has("limit") ? pagination.count("limit") : null);
  }

  /** Reads the usage of a database. */
  public static Usage usage(Fields json) {
    Fields period = json.object("period");
    Fields metrics = json.object("metrics");
    return new Usage(
        period.instant("start"),
        period.instant("end"),
        metrics.object("operations").wholeNumber("used"),
        metrics.object("storage").number("used"),
        json.instant("generatedAt"));
  }

  /** Reads the subscription of a workspace. */
  public static Subscription subscription(Fields json) {
    return new Subscription(
        json.someText("planName"), json.flag("usageBlocked"), json.uri("upgradeUrl"));
  }

  private static Backup backup(Fields json) {
    return new Backup(
        json.id("id"),
        json.constant("backupType", BackupType.class, BackupType.UNKNOWN),
        json.instant("createdAt"),
        json.has("size") ? json.wholeNumber("size") : null,
        json.constant("status", BackupStatus.class, BackupStatus.UNKNOWN));
  }

  private static @Nullable DatabaseSource source(@Nullable Fields json) {
    if (json == null) {
      return null;
    }
    String type = json.someText("type");
    return switch (type) {
      case "empty" -> new DatabaseSource.Empty();
      case "database" -> new DatabaseSource.OfDatabase(json.id("databaseId"));
      case "backup" -> new DatabaseSource.OfBackup(json.id("databaseId"), json.id("backupId"));
      default -> new DatabaseSource.Unknown(type);
    };
  }

  private static Database database(Fields json, @Nullable ResourceRef enclosing) {
    ResourceRef project = ref(json.optionalObject("project"));
    List<Connection> connections =
        json.list("connections").stream().map(Resources::connection).toList();
    if (connections.isEmpty()) {
      // The older name of connections.
      connections = json.list("apiKeys").stream().map(Resources::connection).toList();
    }
    Database database =
        new Database(
            json.id("id"),
            json.text("name"),
            json.optionalUri("url"),
            json.constant("status", DatabaseStatus.class, DatabaseStatus.UNKNOWN),
            json.instant("createdAt"),
            json.flag("isDefault"),
            json.optionalId("defaultConnectionId"),
            connections,
            project == null ? enclosing : project,
            region(json, "region"),
            json.optionalText("branchId"),
            json.optionalText("logicalId"),
            source(json.optionalObject("source")));
    return EndpointReader.withOldDirectConnection(database, json);
  }

  /** Older answers only have the id. */
  private static @Nullable ResourceRef region(Fields json, String name) {
    if (!json.isText(name)) {
      return ref(json.optionalObject(name));
    }
    String id = json.id(name);
    return new ResourceRef(id, id, null);
  }

  private static ResourceRef refTo(Project project) {
    return new ResourceRef(project.id(), project.name(), project.url());
  }

  private static @Nullable ResourceRef ref(@Nullable Fields json) {
    return json == null
        ? null
        : new ResourceRef(json.id("id"), json.text("name"), json.optionalUri("url"));
  }
}
