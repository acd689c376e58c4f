package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.junit.PrismaPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/** JUnit runs all tests; those that want a database are told what to write. */
class ExclusionsTest {
  private static final boolean HAS_TESTCONTAINERS =
      ExclusionsTest.class.getResource("/org/testcontainers/lifecycle/Startable.class") != null;

  private static final String MISSING =
      "These libraries are not on the class path: HikariCP, SLF4J's API.";
  private static final String TESTCONTAINERS =
      "Testcontainers is not on the class path (org/testcontainers/lifecycle/Startable).";

  @Test
  void aClassWithTheAnnotationIsToldWhatIsLeftOut() {
    assertTold(failure(AnnotatedTestCase.class).getException().getMessage());
  }

  @Test
  void aTestWithAFixtureIsToldToo() {
    PrintStream before = System.err;
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    Failure failure;
    try (PrintStream replaced = new PrintStream(errors)) {
      System.setErr(replaced);
      failure = failure(FixtureTestCase.class);
    } finally {
      System.setErr(before);
    }
    // The JVM does not load the fixture's class, so no code of it can say more.
    assertTold(HAS_TESTCONTAINERS ? failure.getException().getMessage() : errors.toString());
  }

  private static void assertTold(String message) {
    assertTrue(message.contains(HAS_TESTCONTAINERS ? MISSING : TESTCONTAINERS), message);
    assertTrue(message.contains("remove the exclusion"), message);
  }

  private static Failure failure(Class<?> testCase) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(testCase)).build(),
            listener);
    List<Failure> failures = listener.getSummary().getFailures();
    assertEquals(1, failures.size());
    return failures.get(0);
  }

  @PrismaPostgres
  static class AnnotatedTestCase {
    @Test
    void wantsADatabase() {}
  }

  static class FixtureTestCase {
    @Test
    void startsOne() {
      PrismaPostgresFixture.create().start();
    }
  }
}
