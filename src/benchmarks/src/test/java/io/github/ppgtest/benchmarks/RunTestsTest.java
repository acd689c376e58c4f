package io.github.ppgtest.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RunTestsTest {
  @Test
  void printsTheTimesOfEachClass() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    RunTests.run(
        Contender.EMPTY.testClasses(3), new PrintStream(printed, true, StandardCharsets.UTF_8));

    List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(Measurement.parse(lines, Instant.now()).firstRows()).hasSize(3);
  }

  @Test
  void failsWhenATestClassFails() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());

    assertThatThrownBy(() -> RunTests.run(List.of(WithoutServerTestCase.class), nowhere))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("A test failed, so its times mean nothing.")
        .cause()
        .hasMessage("no server");
  }

  static final class WithoutServerTestCase {
    @BeforeAll
    static void start() {
      throw new IllegalStateException("no server");
    }

    @Test
    void isNeverReached() {}
  }
}
