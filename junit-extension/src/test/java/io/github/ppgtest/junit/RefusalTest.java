package io.github.ppgtest.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.ppgtest.ConfigurationException;
import io.github.ppgtest.Provider;
import io.github.ppgtest.SchemaException;
import io.github.ppgtest.junit.DatabasePerClassTest.Numbers;
import java.sql.Connection;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class RefusalTest {

  @Nested
  class AClassThatCannotGetItsDatabase {

    @Test
    void failsOnceSayingWhy() {
      Execution execution = Execution.of(UnknownRegionTestCases.class);

      assertThat(execution.onlyFailure())
          .isInstanceOf(ConfigurationException.class)
          .hasMessage(
              "Region mars-1 does not exist. Available are us-east-1, us-west-1, eu-west-3,"
                  + " eu-central-1, ap-northeast-1, ap-southeast-1; set one of them as"
                  + " ppgtest.region.");
      assertThat(execution.testsStarted()).isZero();
    }

    @Test
    void failsOnceAlsoWithAnInstancePerClass() {
      Execution execution = Execution.of(PerClassTestCases.class);

      assertThat(execution.onlyFailure())
          .hasMessageContaining("Region mars-1 does not exist")
          .hasRootCauseInstanceOf(ConfigurationException.class);
      assertThat(execution.testsStarted()).isZero();
    }

    @Test
    void failsWithTheLineOfAScriptThatFailed() {
      assertThat(Execution.of(BrokenScriptTestCases.class).onlyFailure())
          .isInstanceOf(SchemaException.class)
          .hasMessageStartingWith(
              "SQL script broken.sql failed in line 3: relation \"nubmer\" does not exist (SQLSTATE"
                  + " 42P01).");
    }

    @Test
    void failsWhenAScriptIsNotThere() {
      assertThat(Execution.of(MissingScriptTestCases.class).onlyFailure())
          .isInstanceOf(SchemaException.class)
          .hasMessageStartingWith("SQL script missing.sql was not found");
    }

    @Test
    void failsWhenALimitIsLessThanOne() {
      assertThat(Execution.of(NoConnectionsTestCases.class).onlyFailure())
          .isInstanceOf(ConfigurationException.class)
          .hasMessage(
              "ppgtest.connection-limit cannot be \"0\" (@PrismaPostgres). Accepted is a whole number of"
                  + " at least 1.");
    }

    @Test
    void failsWhenThePoolIsLargerThanTheBudget() {
      assertThat(Execution.of(LargePoolTestCases.class).onlyFailure())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageStartingWith(
              "ppgtest.pool-size 25 (@PrismaPostgres) exceeds ppgtest.connection-limit 20 (default)");
    }

    @Test
    void failsInTheCloudWithoutAToken() {
      assertThat(Execution.of(CloudTestCases.class).onlyFailure())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageStartingWith(
              "Provider CLOUD (@PrismaPostgres) needs a service token, and none is configured.");
    }
  }

  @Nested
  class TheExtension {

    @Test
    void refusesAnAnnotationThatComesToAMethod() {
      assertThat(Execution.of(OnAMethodTestCases.class).onlyFailure())
          .isInstanceOf(ExtensionConfigurationException.class)
          .hasMessageStartingWith("@PrismaPostgres has come to void ")
          .hasMessageEndingWith(
              "it works on test classes only: each class has one database, or with isolation METHOD each of"
                  + " its methods. Put it on "
                  + OnAMethodTestCases.class.getName()
                  + ".");
    }

    @Test
    void refusesToBeRegisteredWithoutTheAnnotation() {
      assertThat(Execution.of(WithoutAnnotationTestCases.class).onlyFailure())
          .isInstanceOf(ExtensionConfigurationException.class)
          .hasMessage(
              "PrismaPostgresExtension is registered for %s, but neither this class nor one around"
                      .formatted(WithoutAnnotationTestCases.class.getName())
                  + " it carries @PrismaPostgres. Put @PrismaPostgres on the test class; it"
                  + " registers the extension.");
    }
  }

  @Nested
  class AClassWithoutTestsOfJupiter {

    @Test
    void isRefusedWhenItCarriesTheAnnotation() {
      assertThatThrownBy(() -> discover(NoTestCases.class))
          .isInstanceOf(ConfigurationException.class)
          .hasMessage(
              "@PrismaPostgres is on %s, which has no test of JUnit Jupiter, so it would get no"
                      .formatted(NoTestCases.class.getName())
                  + " database. Put it on a test class (org.junit.jupiter.api.Test, not JUnit 4's"
                  + " org.junit.Test), or make this one abstract if test classes are to inherit"
                  + " from it.");
    }

    @Test
    void isLeftAloneWhenItIsAbstractOrHasItsTestsInNestedClasses() {
      assertThat(discover(AbstractTestCases.class).containsTests()).isFalse();
      assertThat(discover(OnlyNestedTestCases.class).containsTests()).isTrue();
      assertThat(discover(CloudTestCases.class).containsTests()).isTrue();
    }

    private TestPlan discover(Class<?> selected) {
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request().selectors(selectClass(selected)).build();
      return LauncherFactory.create().discover(request);
    }
  }

  @PrismaPostgres(region = "mars-1")
  static class UnknownRegionTestCases {
    @Test
    void first() {}

    @Test
    void second(Connection connection) {}
  }

  @PrismaPostgres(region = "mars-1")
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class PerClassTestCases {
    PerClassTestCases(DataSource pool) {}

    @Test
    void first() {}

    @Test
    void second(Connection connection) {}
  }

  @PrismaPostgres(scripts = "broken.sql")
  static class BrokenScriptTestCases {
    @Test
    void first() {}
  }

  @PrismaPostgres(scripts = {"numbers.sql", "missing.sql"})
  static class MissingScriptTestCases {
    @Test
    void first() {}
  }

  @PrismaPostgres(connectionLimit = 0)
  static class NoConnectionsTestCases {
    @Test
    void first() {}
  }

  @PrismaPostgres(poolSize = 25)
  static class LargePoolTestCases {
    @Test
    void first() {}
  }

  @PrismaPostgres(provider = Provider.CLOUD)
  static class CloudTestCases {
    @Test
    void first() {}
  }

  static class OnAMethodTestCases {
    @Numbers
    @Test
    void first() {}
  }

  @ExtendWith(PrismaPostgresExtension.class)
  static class WithoutAnnotationTestCases {
    @Test
    void first(DataSource pool) {}
  }

  @PrismaPostgres
  static class NoTestCases {}

  @PrismaPostgres
  abstract static class AbstractTestCases {}

  @PrismaPostgres
  static class OnlyNestedTestCases {
    @Nested
    class Inner {
      @Test
      void first() {}
    }
  }
}
