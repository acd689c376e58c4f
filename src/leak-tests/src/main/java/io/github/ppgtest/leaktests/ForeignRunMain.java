package io.github.ppgtest.leaktests;

import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.Provider;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A run of another user: it has databases for as long as its input lasts, and looks at them all the
 * time.
 */
final class ForeignRunMain {
  private ForeignRunMain() {}

  /** Takes the project that one of its databases is in. */
  public static void main(String[] arguments) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Thread waiting = new Thread(() -> awaitEnd(over), "end of input");
    waiting.setDaemon(true);
    waiting.start();
    try (PrismaPostgresFixture own = fixture(Provider.CLOUD).build();
        PrismaPostgresFixture among = fixture(Provider.CLOUD).projectId(arguments[0]).build();
        PrismaPostgresFixture here = fixture(Provider.EMBEDDED).build()) {
      List<PrismaPostgresFixture> all = List.of(own, among, here);
      for (PrismaPostgresFixture fixture : all) {
        fixture.start();
        try (Connection connection = fixture.dataSource().getConnection();
            Statement statement = connection.createStatement()) {
          statement.execute("CREATE TABLE mine AS SELECT generate_series(1, 1000) AS id");
        }
      }
      System.out.println("there");
      int looks = 0;
      while (!over.get()) {
        for (PrismaPostgresFixture fixture : all) {
          look(fixture);
        }
        looks++;
        Thread.sleep(100);
      }
      System.out.println("looked " + looks);
    }
  }

  private static PrismaPostgresFixture.Builder fixture(Provider provider) {
    return PrismaPostgresFixture.builder().provider(provider).label("foreign");
  }

  private static void look(PrismaPostgresFixture fixture) throws SQLException {
    try (Connection connection = fixture.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM mine")) {
      if (!rows.next() || rows.getInt(1) != 1000) {
        throw new IllegalStateException("Rows of " + fixture.database() + " are gone");
      }
    }
  }

  private static void awaitEnd(AtomicBoolean over) {
    try {
      while (System.in.read() >= 0) {
        // Nothing is said to it.
      }
    } catch (IOException e) {
      System.out.println("input failed: " + e);
    }
    over.set(true);
  }
}
