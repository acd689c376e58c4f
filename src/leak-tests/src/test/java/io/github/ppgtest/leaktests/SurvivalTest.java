package io.github.ppgtest.leaktests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SurvivalTest {
  private static final String LOST = ": org.postgresql.util.PSQLException: An I/O error occurred";

  private final Plan plan = plan(ServerFault.POSTMASTER_KILLED, false, false);
  private final List<String> events = new ArrayList<>();

  @Test
  void isThatLaterClassesPass() {
    begin("Tidy");
    fail("Tidy", LOST);
    begin("Scripted");
    fail("Scripted", LOST);
    begin("Failing");
    fail("Failing", ": java.lang.AssertionError: as it is meant to");
    end();

    assertThat(Survival.wrong(plan, events)).isEmpty();
  }

  @Test
  void isNoneWhereTheLastClassFails() {
    begin("Tidy");
    fail("Tidy", LOST);
    begin("Scripted");
    begin("Sharing");
    fail("Sharing", LOST);
    end();

    assertThat(Survival.wrong(plan, events))
        .containsExactly(
            "it did not get over the first failure: LEAKS failure of VictimClasses$Sharing usesIt()"
                + LOST);
  }

  @Test
  void isNoneWithoutAnEnd() {
    begin("Tidy");

    assertThat(Survival.wrong(plan, events)).containsExactly("the victim did not go on to its end");
    assertThat(Survival.wrong(plan(ServerFault.POSTMASTER_KILLED, true, false), events)).isEmpty();
  }

  @Test
  void needsNoFailureWhereOnlyTheCacheWasDamaged() {
    begin("Tidy");
    fail("Tidy", LOST);
    end();

    assertThat(Survival.wrong(plan(ServerFault.LIBRARIES_MISSING, false, true), events))
        .singleElement()
        .asString()
        .startsWith("a damaged cache was not healed: ");
  }

  private static Plan plan(ServerFault fault, boolean dies, boolean fromTheStart) {
    Plans plans = new Plans(17, true, true);
    return IntStream.rangeClosed(1, 1000)
        .mapToObj(plans::plan)
        .filter(plan -> plan.serverFault() == fault)
        .filter(plan -> (plan.weapon() != Weapon.NONE) == dies)
        .filter(plan -> plan.faultsFromTheStart() == fromTheStart)
        .findFirst()
        .orElseThrow();
  }

  private void begin(String name) {
    events.add("LEAKS class begins VictimClasses$" + name);
  }

  private void fail(String name, String why) {
    events.add("LEAKS failure of VictimClasses$" + name + " usesIt()" + why);
  }

  private void end() {
    events.add("LEAKS all ended");
  }
}
