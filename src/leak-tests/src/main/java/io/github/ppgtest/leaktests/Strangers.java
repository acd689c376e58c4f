package io.github.ppgtest.leaktests;

import io.github.ppgtest.management.CreateDatabase;
import io.github.ppgtest.management.CreateProject;
import io.github.ppgtest.management.Database;
import io.github.ppgtest.management.ManagementApi;
import io.github.ppgtest.management.Project;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What others have in the same workspace, some of it with names like ours, each with something in
 * it. No clean-up may touch any of it.
 */
final class Strangers {
  private static final String PAST = "20200101T000000Z_20200101T060000Z";
  private static final String FUTURE = "20200101T000000Z_20990101T000000Z";

  /** Beside one another in the project that victims are told to use. */
  private static final List<String> DATABASES =
      List.of(
          "orders",
          "ppgtest",
          "ppgtest-foo",
          "ppgtest_x",
          "ppgtest_Orders_" + PAST,
          "ppgtest_Orders_" + PAST + "_0F3A9C51",
          "ppgtest_Orders_" + PAST + "_0f3a9c5",
          "ppgtest_Orders_" + PAST + "_0f3a9c51_copy",
          "my_ppgtest_Orders_" + PAST + "_0f3a9c51",
          "PPGTEST_Orders_" + PAST + "_0f3a9c51",
          "ppgtest_Orders_20200231T000000Z_20200231T060000Z_0f3a9c51",
          // Ours, of a machine elsewhere, and alive.
          "ppgtest_Orders_" + FUTURE + "_0f3a9c51");

  private static final List<String> PROJECTS =
      List.of("shop", "ppgtest", "ppgtest-run", "ppgtest_run_" + PAST + "_xyz");

  private final ManagementApi api;
  private final String projectId;

  /** How each is reached: secrets. */
  private final Map<String, URI> databases = new LinkedHashMap<>();

  private Strangers(ManagementApi api, String projectId) {
    this.api = api;
    this.projectId = projectId;
  }

  /** Makes all of it. */
  static Strangers settle(Cloud cloud) throws InterruptedException {
    ManagementApi api = cloud.api();
    Project people = api.projects().create(CreateProject.named("people's own"));
    Strangers strangers = new Strangers(api, people.id());
    Database ofPeople = people.database();
    if (ofPeople == null) {
      throw new IllegalStateException("The project has no default database");
    }
    strangers.add(ofPeople);
    // A default database is never deleted, whatever it is called.
    api.databases().rename(ofPeople.id(), "ppgtest_Orders_" + PAST + "_00000001");
    for (String name : DATABASES) {
      strangers.add(api.databases().create(CreateDatabase.inProject(people.id()).named(name)));
    }
    for (String name : PROJECTS) {
      Database database = api.projects().create(CreateProject.named(name)).database();
      if (database != null) {
        strangers.add(database);
      }
    }
    // The project of a run elsewhere that is alive, with nothing in it yet.
    api.projects()
        .create(CreateProject.named("ppgtest_run_" + FUTURE + "_0f3a9c52").withoutDatabase());
    // A project of ours whose time is over, in which a user has put something else.
    Project abandoned =
        api.projects()
            .create(CreateProject.named("ppgtest_run_" + PAST + "_0f3a9c53").withoutDatabase());
    strangers.add(
        api.databases().create(CreateDatabase.inProject(abandoned.id()).named("precious")));
    strangers.fill();
    return strangers;
  }

  private void add(Database database) {
    databases.put(database.id(), URI.create(database.directConnectionString().orElseThrow()));
  }

  private void fill() throws InterruptedException {
    for (Map.Entry<String, URI> database : databases.entrySet()) {
      awaitReady(database.getKey());
      try (Connection connection = connect(database.getValue());
          Statement statement = connection.createStatement()) {
        statement.execute(
            "CREATE TABLE kept AS SELECT 'of " + database.getKey() + "'::text AS word");
      } catch (SQLException e) {
        throw new IllegalStateException("A stranger has no database: " + database.getKey(), e);
      }
    }
  }

  private void awaitReady(String id) throws InterruptedException {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (!api.databases().get(id).status().name().equals("READY")) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("Database " + id + " of a stranger is not ready");
      }
      Thread.sleep(10);
    }
  }

  /** Returns the project in which other people's databases are, and victims' too. */
  String projectId() {
    return projectId;
  }

  /** Lists those that have not what they had. */
  List<String> broken() {
    List<String> broken = new ArrayList<>();
    databases.forEach(
        (id, url) -> {
          try (Connection connection = connect(url);
              Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery("SELECT word FROM kept")) {
            if (!rows.next() || !rows.getString(1).equals("of " + id)) {
              broken.add("stranger " + id + " has other data than it had");
            }
          } catch (SQLException e) {
            broken.add("stranger " + id + " cannot be read: " + e.getMessage());
          }
        });
    return broken;
  }

  private static Connection connect(URI url) throws SQLException {
    String[] login = url.getUserInfo().split(":", 2);
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d%s?sslmode=require"
            .formatted(url.getHost(), url.getPort(), url.getPath()),
        login[0],
        login[1]);
  }
}
