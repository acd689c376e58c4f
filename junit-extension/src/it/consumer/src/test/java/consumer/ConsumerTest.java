package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ppgtest.junit.PrismaPostgres;
import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What a project that uses ppgtest can rely on, whatever else stands in its pom. */
@PrismaPostgres
class ConsumerTest {

  @Test
  void hasADatabase(DataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      assertEquals(17, connection.getMetaData().getDatabaseMajorVersion());
    }
  }

  @Test
  void hasTheVersionsThatItsPomNames() {
    List<String> jars =
        Stream.of(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"))
                    .split(File.pathSeparator))
            .map(entry -> Path.of(entry).getFileName().toString())
            .toList();
    String[] expected = System.getProperty("expected.jars").split("\\s+");
    assertTrue(expected.length > 2, "A project names what it expects");
    for (String jar : expected) {
      Pattern anyVersion =
          Pattern.compile(Pattern.quote(jar.replaceFirst("-\\d.*", "")) + "-\\d.*");
      assertEquals(
          List.of(jar + ".jar"),
          jars.stream().filter(anyVersion.asMatchPredicate()).toList(),
          () -> "On the class path: " + jars);
    }
  }
}
