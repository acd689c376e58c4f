package io.github.ppgtest.leaktests;

import java.util.ArrayList;
import java.util.List;

/** Tells of a JVM that has lost a server whether it went on: a class or two fail, no more. */
final class Survival {
  private static final String BEGINS = "LEAKS class begins VictimClasses$";
  private static final String FAILURE = "LEAKS failure of VictimClasses$";
  private static final String AS_MEANT = "as it is meant to";

  private Survival() {}

  /** Lists what is not as it is to be, of all that such a JVM printed. */
  static List<String> wrong(Plan plan, List<String> events) {
    List<String> wrong = new ArrayList<>();
    if (!plan.outlivesServer()) {
      return wrong;
    }
    if (!events.contains("LEAKS all ended")) {
      wrong.add("the victim did not go on to its end");
    }
    List<String> failures =
        events.stream()
            .filter(line -> line.startsWith(FAILURE) && !line.contains(AS_MEANT))
            .toList();
    if (failures.isEmpty()) {
      return wrong;
    }
    if (plan.serverFault().isOfCache() && plan.faultsFromTheStart()) {
      wrong.add("a damaged cache was not healed: " + failures.get(0));
    }
    List<String> later =
        events.subList(events.indexOf(failures.get(0)), events.size()).stream()
            .filter(line -> line.startsWith(BEGINS))
            .map(line -> line.substring(BEGINS.length()))
            .toList();
    // The first of them may have got its database before.
    if (plan.serverFault().endsServer() && later.size() > 1) {
      String last = later.get(later.size() - 1);
      failures.stream()
          .filter(line -> line.startsWith(FAILURE + last))
          .forEach(line -> wrong.add("it did not get over the first failure: " + line));
    }
    return wrong;
  }
}
