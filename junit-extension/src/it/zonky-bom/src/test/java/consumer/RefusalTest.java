package consumer;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ppgtest.PrismaPostgresException;
import io.github.ppgtest.PrismaPostgresFixture;
import org.junit.jupiter.api.Test;

class RefusalTest {

  @Test
  void namesVersionJarAndRemedy() {
    try (PrismaPostgresFixture postgres = PrismaPostgresFixture.create()) {
      String message = assertThrows(PrismaPostgresException.class, postgres::start).getMessage();
      assertTrue(message.contains("The class path has PostgreSQL 16 ("), message);
      assertTrue(message.contains("-16.9.0.jar"), message);
      assertTrue(message.contains("into the dependencyManagement of your pom"), message);
    }
  }
}
