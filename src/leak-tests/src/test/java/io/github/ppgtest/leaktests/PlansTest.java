package io.github.ppgtest.leaktests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.Provider;
import io.github.ppgtest.leaktests.Plan.WatchdogFate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlansTest {
  private static final int CELLS = Phase.values().length * Weapon.values().length;

  @Test
  void areTheSameForTheSameSeedWhicheverIsDrawnFirst() {
    List<Plan> plans = plans(new Plans(5, true, true), 200);

    assertThat(new Plans(5, true, true).plan(137)).isEqualTo(plans.get(136));
    assertThat(plans(new Plans(5, true, true), 200)).isEqualTo(plans);
    assertThat(plans(new Plans(6, true, true), 200)).isNotEqualTo(plans);
  }

  @Test
  void haveEveryWeaponInEveryPhase() {
    List<Plan> plans = plans(new Plans(5, true, true), 4 * CELLS);

    for (Phase phase : Phase.values()) {
      assertThat(plans)
          .filteredOn(plan -> plan.phase() == phase)
          .hasSize(4 * Weapon.values().length)
          .extracting(Plan::weapon)
          .contains(Weapon.values());
    }
  }

  @Test
  void haveEveryFaultOfAServerInTheShortForm() {
    List<Plan> plans = plans(new Plans(17, true, true), 54);

    for (ServerFault fault : ServerFault.possible(true, true)) {
      assertThat(plans)
          .filteredOn(plan -> plan.serverFault() == fault)
          .hasSizeGreaterThan(1)
          .allMatch(plan -> plan.provider() == fault.provider());
    }
    assertThat(plans)
        .filteredOn(plan -> plan.serverFault() != ServerFault.NONE)
        .anyMatch(plan -> plan.weapon() == Weapon.NONE)
        .anyMatch(plan -> plan.weapon() != Weapon.NONE);
  }

  @Test
  void leaveOutWhatThisMachineCannotDo() {
    Plans plans = new Plans(5, false, false);

    assertThat(plans(plans, 200))
        .extracting(Plan::serverFault)
        .contains(ServerFault.POSTMASTER_KILLED)
        .doesNotContain(ServerFault.HOST_KILLED, ServerFault.DISK_FULL);
    assertThat(plans.leftOut()).hasSize(2);
    assertThat(new Plans(5, true, true).leftOut()).isEmpty();
  }

  @Test
  void haveAllThatCanGoWrong() {
    List<Plan> plans = plans(new Plans(5, true, true), 1000);

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
    assertThat(plans(new Plans(5, true, true), 1000))
        .filteredOn(plan -> plan.weapon() == Weapon.NONE)
        .isNotEmpty()
        .allMatch(
            plan ->
                !plan.faults().isEmpty()
                    || plan.outage() != Network.State.OPEN
                    || plan.serverFault() != ServerFault.NONE);
  }

  @Test
  void doWithoutProviderDevWhereItCannotRun() {
    assertThat(plans(new Plans(5, false, true), 200))
        .extracting(Plan::provider)
        .doesNotContain(Provider.DEV);
  }

  private static List<Plan> plans(Plans plans, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(plans::plan).toList();
  }
}
