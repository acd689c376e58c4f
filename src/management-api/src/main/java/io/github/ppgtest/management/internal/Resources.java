package io.github.ppgtest.management.internal;

import io.github.ppgtest.management.Connection;
import io.github.ppgtest.management.ConnectionKind;
import io.github.ppgtest.management.Database;
import io.github.ppgtest.management.DatabaseStatus;
import io.github.ppgtest.management.Principal;
import io.github.ppgtest.management.Project;
import io.github.ppgtest.management.Region;
import io.github.ppgtest.management.RegionStatus;
import io.github.ppgtest.management.ResourceRef;
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

  /** Reads who the caller is. */
  public static Principal principal(Fields json) {
    Fields user = json.optionalObject("user");
    Fields credential = json.object("credential");
    return new Principal(
        user == null
            ? null
            : new Principal.User(user.id("id"), user.text("email"), user.optionalText("name")),
        ref(json.optionalObject("workspace")),
        new Principal.Credential(
            credential.id("type"), credential.optionalText("id"), credential.optionalText("name")));
  }

  /** Reads a project, with its database where it comes with one. */
  public static Project project(Fields json) {
    Fields database = json.optionalObject("database");
    if (database == null) {
      // Where it stood before.
      database = json.list("databases").stream().findFirst().orElse(null);
    }
    Project project =
        new Project(
            json.id("id"),
            json.text("name"),
            json.optionalUri("url"),
            json.optionalText("logicalId"),
            json.instant("createdAt"),
            json.optionalText("defaultRegion"),
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

  private static Database database(Fields json, @Nullable ResourceRef enclosing) {
    ResourceRef project = ref(json.optionalObject("project"));
    List<Connection> connections =
        json.list("connections").stream().map(Resources::connection).toList();
    if (connections.isEmpty()) {
      // What connections were called before.
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
            json.optionalText("defaultConnectionId"),
            connections,
            project == null ? enclosing : project,
            ref(json.optionalObject("region")),
            json.optionalText("branchId"),
            json.optionalText("logicalId"));
    return EndpointReader.withOldDirectConnection(database, json);
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
