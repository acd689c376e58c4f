package io.github.ppgtest.junit.internal;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.ppgtest.Isolation;
import io.github.ppgtest.junit.PrismaPostgres;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.testkit.engine.EngineTestKit;

/**
 * A JVM that runs the classes below, with JUnit's launcher or its engine alone. The names tell the
 * databases; twelve characters of them.
 */
final class FailingRun {
  private FailingRun() {}

  public static void main(String[] arguments) {
    List<? extends DiscoverySelector> classes =
        Arrays.stream(FailingRun.class.getDeclaredClasses())
            .filter(nested -> !nested.isInterface() && !nested.isAnnotation())
            .map(nested -> selectClass(nested))
            .toList();
    if (arguments[0].equals("engine")) {
      EngineTestKit.engine("junit-jupiter")
          .selectors(classes.toArray(DiscoverySelector[]::new))
          .execute();
    } else {
      LauncherFactory.create()
          .execute(LauncherDiscoveryRequestBuilder.request().selectors(classes).build());
    }
  }

  /** What is left of the runs below, with any means. */
  static final List<String> KEPT =
      List.of(
          "AfterAllF",
          "AfterEachF",
          "BeforeAllF",
          "BeforeEachF",
          "ConstructorF",
          "DynamicF",
          "FactoryF",
          "InheritedF",
          "MixedF",
          "NestedAllF",
          "NestedF",
          "NestedNewF",
          "OwnF",
          "ParameterF",
          "TestF");

  /** How many methods fail that have a database each and ask for it; only theirs are left. */
  static final String METHODS = "MethodsF";

  static final int FAILED_METHODS = 6;

  /** What all classes of the run share is left if one of them fails. */
  static final String SHARED = "shared";

  /** What only a launcher tells of. */
  static final String KEPT_WITH_A_LAUNCHER = "SourceF";

  /** What is left only where a property says so. */
  static final String NOT_ASKED_FOR = "NotAskedFor";

  @PrismaPostgres(keepOnFailure = true)
  static class TestF {
    @Test
    void fails() {
      fail("on purpose");
    }
  }

  static class InheritedF extends TestF {}

  @PrismaPostgres(keepOnFailure = true)
  static class MixedF {
    @Test
    void fails() {
      fail("on purpose");
    }

    @Test
    void passes() {}

    @Test
    void aborts() {
      abort();
    }
  }

  @PrismaPostgres(keepOnFailure = true)
  static class BeforeEachF {
    @BeforeEach
    void fails() {
      fail("on purpose");
    }

    @Test
    void isNotReached() {}
  }

  @PrismaPostgres(keepOnFailure = true)
  static class AfterEachF {
    @AfterEach
    void fails() {
      fail("on purpose");
    }

    @Test
    void passes() {}
  }

  @PrismaPostgres(keepOnFailure = true)
  static class BeforeAllF {
    @BeforeAll
    static void fails() {
      fail("on purpose");
    }

    @Test
    void isNotReached() {}
  }

  @PrismaPostgres(keepOnFailure = true)
  static class AfterAllF {
    @AfterAll
    static void fails() {
      fail("on purpose");
    }

    @Test
    void passes() {}
  }

  @PrismaPostgres(keepOnFailure = true)
  @TestInstance(Lifecycle.PER_CLASS)
  static class ConstructorF {
    ConstructorF(DataSource given) {
      fail("on purpose, with " + given);
    }

    @Test
    void isNotReached() {}
  }

  @PrismaPostgres(keepOnFailure = true)
  static class ParameterF {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void fails(int number) {
      if (number == 2) {
        fail("on purpose");
      }
    }
  }

  @PrismaPostgres(keepOnFailure = true)
  static class SourceF {
    static Stream<String> words() {
      throw new IllegalStateException("on purpose");
    }

    @ParameterizedTest
    @MethodSource("words")
    void isNotReached(String word) {
      fail(word);
    }
  }

  @PrismaPostgres(keepOnFailure = true)
  static class DynamicF {
    @TestFactory
    List<DynamicTest> tests() {
      return List.of(dynamicTest("passes", () -> {}), dynamicTest("fails", () -> fail("so")));
    }
  }

  @PrismaPostgres(keepOnFailure = true)
  static class FactoryF {
    @TestFactory
    List<DynamicTest> tests() {
      throw new IllegalStateException("on purpose");
    }
  }

  @PrismaPostgres(keepOnFailure = true)
  static class NestedF {
    @Nested
    class Inner {
      @Nested
      class Innermost {
        @Test
        void fails() {
          fail("on purpose");
        }
      }
    }
  }

  @PrismaPostgres(keepOnFailure = true)
  static class NestedAllF {
    @Nested
    class Inner {
      @BeforeAll
      static void fails() {
        fail("on purpose");
      }

      @Test
      void isNotReached() {}
    }
  }

  @PrismaPostgres(keepOnFailure = true)
  static class NestedNewF {
    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class Inner {
      Inner() {
        fail("on purpose");
      }

      @Test
      void isNotReached() {}
    }
  }

  @PrismaPostgres(keepOnFailure = true)
  static class Around {
    @Nested
    @PrismaPostgres(keepOnFailure = true)
    class OwnF {
      @Test
      void fails() {
        fail("on purpose");
      }
    }

    @Test
    void passes() {}
  }

  @PrismaPostgres(keepOnFailure = true, isolation = Isolation.METHOD)
  static class MethodsF {
    MethodsF(TestInfo test, DataSource given) {
      if (test.getDisplayName().equals("inItsConstructor()")) {
        fail("on purpose, with " + given);
      }
    }

    @Test
    void passes() {}

    @Test
    void fails() {
      fail("on purpose");
    }

    @Test
    void inItsConstructor() {}

    @Test
    void failsAfterwards() {}

    @AfterEach
    void after(TestInfo test) {
      if (test.getDisplayName().equals("failsAfterwards()")) {
        fail("on purpose");
      }
    }

    @Test
    void aborts() {
      abort();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void fails(int number) {
      if (number == 2) {
        fail("on purpose");
      }
    }

    @TestFactory
    List<DynamicTest> tests() {
      return List.of(dynamicTest("fails", () -> fail("so")), dynamicTest("passes", () -> {}));
    }

    @TestFactory
    List<DynamicTest> none() {
      throw new IllegalStateException("on purpose");
    }
  }

  @PrismaPostgres(keepOnFailure = true, isolation = Isolation.RUN)
  static class SharesFirst {
    @Test
    void passes() {}
  }

  @PrismaPostgres(keepOnFailure = true, isolation = Isolation.RUN)
  static class SharesToo {
    @Test
    void fails() {
      fail("on purpose");
    }
  }

  @PrismaPostgres(keepOnFailure = true)
  static class Passes {
    @Test
    void passes() {}

    @Test
    @Disabled
    void isSkipped() {}

    @Test
    void aborts() {
      abort();
    }

    @TestFactory
    List<DynamicTest> tests() {
      return List.of(dynamicTest("aborts", () -> abort()));
    }
  }

  @PrismaPostgres(keepOnFailure = true)
  static class AbortsAll {
    @BeforeAll
    static void aborts() {
      abort();
    }

    @Test
    void isNotReached() {}
  }

  @PrismaPostgres(keepOnFailure = true, scripts = "no-such-script.sql")
  static class WithoutOne {
    @Test
    void isNotReached() {}
  }

  @PrismaPostgres(keepOnFailure = true, scripts = "broken.sql")
  static class Broken {
    @Test
    void isNotReached() {}
  }

  @PrismaPostgres
  static class NotAskedFor {
    @Test
    void fails() {
      fail("on purpose");
    }
  }
}
