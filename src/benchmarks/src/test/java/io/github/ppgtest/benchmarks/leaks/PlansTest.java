package io.github.ppgtest.benchmarks.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.Provider;
import io.github.ppgtest.benchmarks.leaks.Plan.WatchdogFate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlansTest {
  private static final int CELLS = Phase.values().length * Weapon.values().length;

  @Test
  void areTheSameForTheSameSeedWhicheverIsDrawnFirst() {
    List<Plan> plans = plans(new Plans(5, true), 200);

    assertThat(new Plans(5, true).plan(137)).isEqualTo(plans.get(136));
    assertThat(plans(new Plans(5, true), 200)).isEqualTo(plans);
    assertThat(plans(new Plans(6, true), 200)).isNotEqualTo(plans);
  }

  @Test
  void haveEveryWeaponInEveryPhase() {
    List<Plan> plans = plans(new Plans(5, true), CELLS);

    for (Phase phase : Phase.values()) {
      assertThat(plans).filteredOn(plan -> plan.phase() == phase).hasSize(Weapon.values().length);
      assertThat(plans)
          .filteredOn(plan -> plan.phase() == phase && plan.weapon() != Weapon.NONE)
          .extracting(Plan::weapon)
          .contains(Weapon.KILL, Weapon.HALT, Weapon.OUT_OF_MEMORY);
    }
  }

  @Test
  void haveAllThatCanGoWrong() {
    List<Plan> plans = plans(new Plans(5, true), 1000);

    assertThat(plans).extracting(Plan::outage).contains(Network.State.values());
    assertThat(plans).extracting(Plan::watchdog).contains(WatchdogFate.values());
    assertThat(plans)
        .extracting(Plan::provider)
        .contains(Provider.CLOUD, Provider.EMBEDDED, Provider.DEV);
    assertThat(plans).flatExtracting(plan -> plan.faults().keySet()).contains(CloudFault.values());
    assertThat(plans).extracting(Plan::ownProject).contains(true, false);
    assertThat(plans).extracting(Plan::ownPlace).contains(true, false);
  }

  @Test
  void haveSomethingGoWrongForWhoeverDoesNotDie() {
    assertThat(plans(new Plans(5, true), 1000))
        .filteredOn(plan -> plan.weapon() == Weapon.NONE)
        .isNotEmpty()
        .allMatch(plan -> !plan.faults().isEmpty() || plan.outage() != Network.State.OPEN);
  }

  @Test
  void doWithoutProviderDevWhereItCannotRun() {
    assertThat(plans(new Plans(5, false), 200))
        .extracting(Plan::provider)
        .doesNotContain(Provider.DEV);
  }

  private static List<Plan> plans(Plans plans, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(plans::plan).toList();
  }
}
