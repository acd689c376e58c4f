package io.github.ppgtest.expressions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No regular expression of the modules takes more than a time in proportion to its input, nor a
 * stack that grows with it. Steps are counted, not seconds: what a pattern reads of texts that are
 * made of its own parts, and of texts twice as long.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegularExpressionsTest {
  private static final int SHORT = 100;
  private static final int LONG = 2_000;

  /** So little that a repetition which recurses has no room for the text. */
  private static final int STACK = 96 << 10;

  /** Read by eye: they are put together when they are used, of constants and a name of ours. */
  private static final Set<String> NOT_WRITTEN_IN_ONE_PLACE =
      Set.of("FailureAdvice", "RequiredLibrary", "ClientEnvironment", "InstanceDirectory");

  /** Used by {@code matches()} only, or bounded in each step (by 1,000, in ChangelogScan). */
  private static final Set<String> NEVER_SEARCHED_FOR =
      Set.of(
          "AllDatabases",
          "ChangelogScan",
          "ClientEnvironment",
          "ConnectionStringParser",
          "EnvEntries",
          "EnvFile",
          "FlywayFactory",
          "GitHubActionsCredentials",
          "HostLauncher",
          "LiquibaseFactory",
          "ResourceName",
          "SavedTemplate",
          "SchemaPaths",
          "SettingType",
          "StatementSplitter");

  private List<Expression> expressions = List.of();

  @BeforeAll
  void collect() throws Exception {
    expressions = Expression.ofAllModules();
  }

  List<Expression> expressions() {
    return expressions;
  }

  @Test
  void areAllSeen() {
    assertThat(expressions).hasSizeGreaterThan(60);
    assertThat(
            expressions.stream()
                .filter(expression -> expression.pattern() == null)
                .map(Expression::type)
                .collect(Collectors.toSet()))
        .isEqualTo(NOT_WRITTEN_IN_ONE_PLACE);
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void takeStepsInProportionToTheirInput(Expression expression) {
    for (String begin : expression.begins()) {
      for (String unit : expression.units()) {
        for (boolean whole : modes(expression)) {
          long once = steps(expression, begin + repeated(unit, SHORT), whole);
          long twice = steps(expression, begin + repeated(unit, 2 * SHORT), whole);

          assertThat(twice)
              .as("%s over %s and %s many times", expression, begin, unit)
              .isLessThanOrEqualTo(Math.max(3 * once, 20L * SHORT));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void needNoStackForTheirInput(Expression expression) throws Exception {
    Throwable[] failure = new Throwable[1];
    Thread small =
        new Thread(
            null,
            () -> {
              for (String begin : expression.begins()) {
                for (String unit : expression.shortUnits()) {
                  String text = begin + repeated(unit, LONG);
                  steps(expression, text, false);
                }
              }
            },
            "small stack",
            STACK);
    small.setUncaughtExceptionHandler((thread, e) -> failure[0] = e);
    small.start();
    small.join();

    assertThat(failure[0]).as("%s", expression).isNull();
  }

  private static boolean[] modes(Expression expression) {
    return NEVER_SEARCHED_FOR.contains(expression.type())
        ? new boolean[] {true}
        : new boolean[] {true, false};
  }

  private static String repeated(String unit, int length) {
    return unit.repeat(length / unit.length());
  }

  private static long steps(Expression expression, String text, boolean whole) {
    CountedText counted = new CountedText(text);
    if (expression.pattern() != null) {
      Matcher matcher = expression.pattern().matcher(counted);
      if (whole) {
        matcher.matches();
      } else {
        while (matcher.find()) {
          // On to the next.
        }
      }
    }
    return counted.steps();
  }
}
