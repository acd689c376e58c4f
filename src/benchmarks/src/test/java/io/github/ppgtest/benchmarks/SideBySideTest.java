package io.github.ppgtest.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SideBySideTest {
  private static final String TIMES = "-?[\\d.]+ ms \\(-?[\\d.]+ to -?[\\d.]+\\)";

  @Test
  void runsEveryContenderAndPrintsItsTable() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      new SideBySide(out).run(1, 2);
    }

    String row = "\\| %s \\| " + String.join(" \\| ", TIMES, TIMES, TIMES, TIMES) + " \\|";
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .anyMatch(line -> line.matches(row.formatted("ppgtest")))
        .anyMatch(line -> line.matches(row.formatted("zonky")))
        .anyMatch(line -> line.startsWith("| empty | "))
        .anyMatch(line -> line.matches("first class <= 1000 ms: [\\d.]+ ms (OK|TOO SLOW)"));
  }

  @Test
  void refusesAsManyClassesAsThereAreNot() {
    assertThatThrownBy(() -> SideBySide.main(new String[] {"1", "11"}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("11 classes: there can be from 2 to 10.");
  }

  @Test
  void hasAsManyClassesOfEveryContender() {
    assertThat(Contender.values())
        .allSatisfy(
            contender ->
                assertThat(contender.testClasses(Contender.MOST_CLASSES))
                    .hasSize(Contender.MOST_CLASSES));
  }
}
