package io.github.ppgtest.leaktests;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What many deaths come to.
 *
 * @param deaths at least one
 */
record DeathReport(List<Death> deaths) {
  DeathReport {
    deaths = List.copyOf(deaths);
  }

  /** Returns a Markdown table of deaths by weapon and phase, and what was left of all. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| | "
            + Arrays.stream(Phase.values())
                .map(DeathReport::name)
                .collect(Collectors.joining(" | "))
            + " |");
    lines.add("| --- |" + " --- |".repeat(Phase.values().length));
    for (Weapon weapon : Weapon.values()) {
      lines.add(
          "| %s | %s |"
              .formatted(
                  name(weapon),
                  Arrays.stream(Phase.values())
                      .map(phase -> Long.toString(count(weapon, phase)))
                      .collect(Collectors.joining(" | "))));
    }
    lines.add("");
    long left = deaths.stream().filter(death -> !death.left().isEmpty()).count();
    lines.add("%d deaths and faults, %d of them as planned".formatted(deaths.size(), met()));
    lines.add(
        "ended otherwise, sooner or of something else: "
            + counts(
                deaths.stream().filter(death -> !death.met()),
                death -> name(death.plan().phase()) + " of " + death.plan().provider()));
    lines.add("by provider: " + counts(death -> death.plan().provider().name()));
    lines.add("by watchdog: " + counts(death -> death.plan().watchdog().name()));
    lines.add("by fault of the server: " + counts(death -> name(death.plan().serverFault())));
    lines.add(
        "outlived such a fault: "
            + deaths.stream().filter(death -> death.plan().outlivesServer()).count());
    lines.add("by network: " + counts(death -> death.plan().outage().name()));
    lines.add(
        "with faults of the cloud: %d"
            .formatted(deaths.stream().filter(death -> !death.plan().faults().isEmpty()).count()));
    lines.add("until nothing was left, by themselves or their watchdogs: " + times(false));
    lines.add("until nothing was left, by the sweeps of further JVMs: " + times(true));
    lines.add("by how many JVMs: " + counts(death -> Integer.toString(death.jvms())));
    lines.add(
        "%d left a note of a creation that was never answered"
            .formatted(deaths.stream().filter(death -> !death.unanswered().isEmpty()).count()));
    lines.add("left behind by: %d".formatted(left));
    return lines;
  }

  /** Counts those that came to their moment and died as planned. */
  long met() {
    return deaths.stream().filter(Death::met).count();
  }

  private long count(Weapon weapon, Phase phase) {
    return deaths.stream()
        .filter(death -> death.plan().weapon() == weapon && death.plan().phase() == phase)
        .count();
  }

  private String counts(Function<Death, String> kind) {
    return counts(deaths.stream(), kind);
  }

  private static String counts(Stream<Death> some, Function<Death, String> kind) {
    return some.collect(Collectors.groupingBy(kind, TreeMap::new, Collectors.counting()))
        .toString();
  }

  private String times(boolean byTheNext) {
    List<Long> millis =
        deaths.stream()
            .filter(death -> (death.jvms() > 0) == byTheNext && death.isClean())
            .map(death -> death.untilClean().toMillis())
            .sorted()
            .toList();
    int size = millis.size();
    if (size == 0) {
      return "never";
    }
    long median = (millis.get((size - 1) / 2) + millis.get(size / 2)) / 2;
    return "%d times, median %d ms (%d to %d)"
        .formatted(size, median, millis.get(0), millis.get(size - 1));
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
