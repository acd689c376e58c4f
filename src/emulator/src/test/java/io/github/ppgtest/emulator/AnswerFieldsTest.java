package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Each answer has the fields of Prisma's typed contract (management-api-sdk 1.80.0), no others. */
final class AnswerFieldsTest {
  private static final String LINK = "id url name";
  private static final String PROJECT =
      "id type url name logicalId createdAt defaultRegion " + within("workspace", LINK);
  private static final String CONNECTION =
      "id type url name createdAt kind endpoints.direct.host endpoints.direct.port";
  private static final String CONNECTION_SHOWN = CONNECTION + " " + within("database", LINK);
  private static final String DIRECT_CONNECTION = within("directConnection", "host pass user");
  private static final String CONNECTION_IN_CREATED_DATABASE =
      CONNECTION_SHOWN + " endpoints.direct.connectionString " + DIRECT_CONNECTION;
  private static final String CONNECTION_CREATED =
      CONNECTION_IN_CREATED_DATABASE + " connectionString host pass user";
  private static final String DATABASE_WITHOUT_CONNECTIONS =
      "id type url name status createdAt isDefault defaultConnectionId region.id region.name"
          + " source.type branchId logicalId";
  private static final String IN_PROJECT = " " + within("project", LINK);
  private static final String DATABASE_SHOWN =
      DATABASE_WITHOUT_CONNECTIONS + IN_PROJECT + " " + within("connections[]", CONNECTION_SHOWN);
  private static final String DATABASE_CREATED_INSIDE =
      DATABASE_WITHOUT_CONNECTIONS + " " + within("connections[]", CONNECTION_IN_CREATED_DATABASE);
  private static final String DEPRECATED =
      " connectionString "
          + DIRECT_CONNECTION
          + " "
          + within("apiKeys[]", CONNECTION + " connectionString " + DIRECT_CONNECTION);
  private static final String PAGE = " pagination.nextCursor pagination.hasMore";

  private final TestEmulator emulator = new TestEmulator();

  @AfterEach
  void close() {
    emulator.close();
  }

  /** Puts a prefix before each of several names. */
  private static String within(String prefix, String names) {
    return String.join(
        " ", Arrays.stream(names.split(" ")).map(name -> prefix + "." + name).toList());
  }

  private static void assertFields(Answer answer, int status, String expected) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.http().headers().firstValue("Content-Type")).contains("application/json");
    assertThat(new TreeSet<>(fields("", answer.json()).toList()))
        .isEqualTo(new TreeSet<>(Set.of(expected.split(" +"))));
  }

  private static Stream<String> fields(String path, JsonNode json) {
    if (json.isObject()) {
      String prefix = path.isEmpty() ? "" : path + ".";
      return json.propertyStream()
          .flatMap(field -> fields(prefix + field.getKey(), field.getValue()));
    }
    return json.isArray()
        ? json.valueStream().flatMap(item -> fields(path + "[]", item))
        : Stream.of(path);
  }

  private Answer createDatabase(String project) {
    return emulator.post("/v1/databases", "{\"projectId\": \"%s\"}".formatted(project));
  }

  @Test
  void ofRegions() {
    assertFields(
        emulator.get("/v1/regions/postgres"), 200, within("data[]", "id type name status"));
    assertFields(emulator.get("/v1/regions"), 200, within("data[]", "id type name product status"));
  }

  @Test
  void ofWorkspacesAndMe() {
    String workspace = "id type url name createdAt";
    Answer list = emulator.get("/v1/workspaces");
    assertFields(list, 200, within("data[]", workspace) + PAGE);
    assertFields(
        emulator.get("/v1/workspaces/" + list.data("/0/id")), 200, within("data", workspace));
    assertFields(
        emulator.get("/v1/workspaces/" + list.data("/0/id") + "/subscription"),
        200,
        within("data", "planName usageBlocked upgradeUrl"));
    assertFields(
        emulator.get("/v1/me"),
        200,
        within("data", "user workspace.id workspace.name credential.type credential.id")
            + " data.credential.name");
  }

  @Test
  void ofProjects() {
    Answer created = emulator.post("/v1/projects", "{}");
    assertFields(
        created,
        201,
        within("data", PROJECT + " " + within("database", DATABASE_CREATED_INSIDE + DEPRECATED)));
    String id = created.id();
    assertFields(
        emulator.post("/v1/projects", "{\"createDatabase\": false}"),
        201,
        within("data", PROJECT + " database"));
    assertFields(emulator.get("/v1/projects"), 200, within("data[]", PROJECT) + PAGE);
    assertFields(emulator.get("/v1/projects/" + id), 200, within("data", PROJECT));
    assertFields(emulator.patch("/v1/projects/" + id, "{}"), 200, within("data", PROJECT));
  }

  @Test
  void ofDatabases() {
    String project = emulator.newProject();
    Answer created = createDatabase(project);
    assertFields(created, 201, within("data", DATABASE_CREATED_INSIDE + IN_PROJECT));
    String nested = "/v1/projects/" + project + "/databases";
    assertFields(
        emulator.post(nested, "{}"),
        201,
        within("data", DATABASE_CREATED_INSIDE + IN_PROJECT + DEPRECATED));
    assertFields(emulator.get(nested), 200, within("data[]", DATABASE_SHOWN) + PAGE);
    assertFields(emulator.get("/v1/databases"), 200, within("data[]", DATABASE_SHOWN) + PAGE);
    String one = "/v1/databases/" + created.id();
    assertFields(emulator.get(one), 200, within("data", DATABASE_SHOWN));
    assertFields(emulator.patch(one, "{}"), 200, within("data", DATABASE_SHOWN));
  }

  @Test
  void ofConnections() {
    String database = emulator.newDatabase(emulator.newProject());
    String nested = "/v1/databases/" + database + "/connections";
    Answer created =
        emulator.post(
            "/v1/connections", "{\"databaseId\": \"%s\", \"name\": \"n\"}".formatted(database));
    assertFields(created, 201, within("data", CONNECTION_CREATED));
    assertFields(
        emulator.post(nested, "{\"name\": \"n\"}"), 200, within("data", CONNECTION_CREATED));
    assertFields(emulator.get(nested), 200, within("data[]", CONNECTION_SHOWN) + PAGE);
    assertFields(emulator.get("/v1/connections"), 200, within("data[]", CONNECTION_SHOWN) + PAGE);
    String one = "/v1/connections/" + created.id();
    assertFields(emulator.get(one), 200, within("data", CONNECTION_SHOWN));
    assertFields(emulator.post(one + "/rotate", ""), 200, within("data", CONNECTION_CREATED));
  }

  @Test
  void ofCopiesBackupsAndRestoration() {
    String project = emulator.newProject();
    String database = emulator.newDatabase(project);
    String backup = emulator.emulator.backUp(database);
    String fromDatabase = "{\"type\": \"database\", \"databaseId\": \"%s\"}".formatted(database);
    String fromBackup =
        "{\"type\": \"backup\", \"databaseId\": \"%s\", \"backupId\": \"%s\"}"
            .formatted(database, backup);
    String creation = "{\"projectId\": \"%s\", \"source\": %s}";
    String created = DATABASE_CREATED_INSIDE + IN_PROJECT + " source.databaseId";
    assertFields(
        emulator.post("/v1/databases", creation.formatted(project, fromDatabase)),
        201,
        within("data", created));
    assertFields(
        emulator.post("/v1/databases", creation.formatted(project, fromBackup)),
        201,
        within("data", created + " source.backupId"));
    assertFields(
        emulator.post(
            "/v1/databases/" + database + "/restore", "{\"source\": %s}".formatted(fromBackup)),
        200,
        within("data", DATABASE_SHOWN + " source.databaseId source.backupId"));
    assertFields(
        emulator.get("/v1/databases/" + database + "/backups"),
        200,
        within("data[]", "id backupType createdAt size status type")
            + " meta.backupRetentionDays pagination.hasMore pagination.limit");
  }

  @Test
  void ofUsage() {
    String database = emulator.newDatabase(emulator.newProject());
    assertFields(
        emulator.get("/v1/databases/" + database + "/usage"),
        200,
        "period.start period.end generatedAt "
            + within("metrics.operations", "used unit")
            + " "
            + within("metrics.storage", "used unit"));
  }

  @Test
  void ofErrors() {
    assertFields(emulator.get("/v1/projects/unknown"), 404, within("error", "code message hint"));
    assertFields(emulator.get("/v1/projects/proj_unknown"), 404, within("error", "code message"));
  }

  @Test
  void urlsLeadToWhatTheyStandFor() {
    Answer project = emulator.post("/v1/projects", "{}");
    JsonNode data = project.data();
    List<String> pointers =
        List.of(
            "",
            "/workspace",
            "/database",
            "/database/connections/0",
            "/database/connections/0/database");
    for (String pointer : pointers) {
      JsonNode resource = data.at(pointer);
      URI url = URI.create(resource.get("url").stringValue());
      assertThat(url.toString()).startsWith(emulator.emulator.apiUrl() + "/v1/");
      assertThat(emulator.get(url.getPath()).id()).isEqualTo(resource.get("id").stringValue());
    }
  }

  @Test
  void datesAreIso8601WithMilliseconds() {
    Answer project = emulator.post("/v1/projects", "{}");
    String date = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
    assertThat(project.data("/createdAt")).matches(date);
    assertThat(project.data("/database/createdAt")).matches(date);
    assertThat(project.data("/database/connections/0/createdAt")).matches(date);
  }

  @Test
  void constantsAreThoseOfTheContract() {
    Answer project = emulator.post("/v1/projects", "{}");
    assertThat(project.data("/type")).isEqualTo("project");
    assertThat(project.data("/database/type")).isEqualTo("database");
    assertThat(project.data("/database/source/type")).isEqualTo("empty");
    assertThat(project.data("/database/connections/0/type")).isEqualTo("connection");
    assertThat(project.data("/database/connections/0/kind")).isEqualTo("postgres");
  }
}
