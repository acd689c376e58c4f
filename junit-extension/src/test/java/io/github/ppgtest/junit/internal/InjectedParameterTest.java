package io.github.ppgtest.junit.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.sql.Connection;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

class InjectedParameterTest {

  @Test
  void saysThatTheAnnotationMayBeForgotten() {
    assertThat(InjectedParameter.forgottenAnnotation(failureOf(ForgottenTestCases.class)))
        .hasValueSatisfying(
            hint ->
                assertThat(hint)
                    .startsWith(
                        "A test takes a javax.sql.DataSource, and no extension gives it one. Where it"
                            + " is to be ppgtest's, put @PrismaPostgres on the test class. No"
                            + " ParameterResolver registered for parameter [")
                    .contains(ForgottenTestCases.class.getName()));
    assertThat(InjectedParameter.forgottenAnnotation(failureOf(ConstructorTestCases.class)))
        .isPresent();
  }

  @Test
  void saysNothingOfOtherFailures() {
    assertThat(InjectedParameter.forgottenAnnotation(failureOf(OtherTypeTestCases.class)))
        .isEmpty();
    assertThat(InjectedParameter.forgottenAnnotation(new IllegalStateException())).isEmpty();
  }

  private static Throwable failureOf(Class<?> testCases) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(testCases)).build(),
            listener);
    return listener.getSummary().getFailures().get(0).getException();
  }

  static class ForgottenTestCases {
    @Test
    void first(DataSource pool) {}
  }

  static class ConstructorTestCases {
    ConstructorTestCases(Connection connection) {}

    @Test
    void first() {}
  }

  static class OtherTypeTestCases {
    @Test
    void first(Consumer<String> consumer) {}
  }
}
