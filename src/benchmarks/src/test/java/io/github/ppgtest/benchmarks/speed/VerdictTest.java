package io.github.ppgtest.benchmarks.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class VerdictTest {
  @Test
  void keepsWhatIsExactlyAtItsLimit() {
    assertThat(Verdict.atMost("each further class", Duration.ofMillis(5), Duration.ofMillis(5)))
        .hasToString("OK      each further class: 5.0 ms, at most 5.0 ms");
    assertThat(Verdict.timesAtMost("the last", 1.2, 1.2)).matches(Verdict::kept);
    assertThat(Verdict.timesAtLeast("a container", 100, 100)).matches(Verdict::kept);
  }

  @Test
  void missesWhatIsBeyondIt() {
    assertThat(Verdict.atMost("each further class", Duration.ofMillis(26), Duration.ofMillis(25)))
        .hasToString("MISSED  each further class: 26 ms, at most 25 ms");
    assertThat(Verdict.timesAtMost("the last", 1.21, 1.2))
        .hasToString("MISSED  the last: 1.21 times, at most 1.20");
    assertThat(Verdict.timesAtLeast("a container", 99.9, 100))
        .hasToString("MISSED  a container: 99.9 times, at least 100");
  }
}
