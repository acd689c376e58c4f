package io.github.ppgtest.leaktests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeathReportTest {
  private static final Plans PLANS = new Plans(5, true, true);

  @Test
  void countsByWeaponAndPhaseAndTellsHowLongItTook() {
    List<String> lines =
        new DeathReport(
                List.of(
                    death(1, true, 100, 0, List.of()),
                    death(2, true, 300, 0, List.of()),
                    death(3, false, 900, 2, List.of())))
            .lines();

    Plan first = PLANS.plan(1);
    String row =
        lines.stream()
            .filter(line -> line.startsWith("| " + words(first.weapon()) + " |"))
            .findFirst()
            .orElseThrow();
    assertThat(row.split("\\|")[2 + first.phase().ordinal()].strip()).isEqualTo("1");
    assertThat(lines)
        .contains(
            "3 deaths and faults, 2 of them as planned",
            "until nothing was left, by themselves or their watchdogs: 2 times, median 200 ms (100 to 300)",
            "until nothing was left, by the sweeps of further JVMs: 1 times, median 900 ms (900 to 900)",
            "by how many JVMs: {0=2, 2=1}",
            "0 left a note of a creation that was never answered",
            "left behind by: 0");
  }

  @Test
  void countsWhatLeftSomething() {
    assertThat(new DeathReport(List.of(death(1, true, 100, 0, List.of("a database")))).lines())
        .contains(
            "left behind by: 1", "until nothing was left, by themselves or their watchdogs: never");
  }

  @Test
  void countsANoteOfAnUnansweredCreationByItself() {
    assertThat(
            new DeathReport(List.of(death(1, true, 40_000, 2, List.of(), List.of("a project"))))
                .lines())
        .contains(
            "left behind by: 0",
            "1 left a note of a creation that was never answered",
            "until nothing was left, by the sweeps of further JVMs: never");
  }

  private static String words(Weapon weapon) {
    return weapon.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }

  private static Death death(int number, boolean met, int millis, int jvms, List<String> left) {
    return death(number, met, millis, jvms, left, List.of());
  }

  private static Death death(
      int number, boolean met, int millis, int jvms, List<String> left, List<String> unanswered) {
    return new Death(
        PLANS.plan(number),
        met,
        "",
        Duration.ofMillis(millis),
        jvms,
        left,
        unanswered,
        Path.of("nowhere"));
  }
}
