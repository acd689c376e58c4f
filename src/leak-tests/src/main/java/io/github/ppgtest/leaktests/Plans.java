package io.github.ppgtest.leaktests;

import io.github.ppgtest.Provider;
import io.github.ppgtest.leaktests.Plan.WatchdogFate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Draws what happens to each victim. The same seed and number give the same, whatever was drawn
 * before.
 *
 * @param seed what all follows from
 * @param dev whether there is what provider DEV needs
 * @param mounts whether file systems can be mounted
 */
record Plans(long seed, boolean dev, boolean mounts) {
  /** Of so many victims, one meets a fault of its server. */
  private static final int SERVER_FAULTS = 4;

  private record Cell(Phase phase, Weapon weapon) {}

  /** Lists what cannot happen on this machine, and why. */
  List<String> leftOut() {
    List<String> leftOut = new ArrayList<>();
    if (!dev) {
      leftOut.add("provider DEV and the death of its host, as there is no npm");
    }
    if (!mounts) {
      leftOut.add("a full disk, as this user cannot mount one");
    }
    return leftOut;
  }

  /** Draws the plan of a victim, from 1. */
  Plan plan(int number) {
    RandomGenerator random = new SplittableRandom(seed * 1_000_003 + number);
    Cell cell = cell(number - 1);
    ServerFault serverFault = serverFault(number);
    Provider drawn = provider(number, random);
    Provider provider = serverFault == ServerFault.NONE ? drawn : serverFault.provider();
    boolean cloud = provider == Provider.CLOUD;
    Weapon weapon = weapon(cell, provider, serverFault, random);
    boolean troubled = cloud && (weapon == Weapon.NONE || random.nextInt(3) == 0);
    boolean outage = troubled && random.nextInt(5) < 2;
    Map<CloudFault, Integer> faults =
        troubled && !(outage && random.nextBoolean()) ? faults(random) : Map.of();
    return new Plan(
        number,
        provider,
        random.nextInt(3) > 0,
        random.nextInt(3) == 0,
        cell.phase != Phase.SCHEMA && random.nextInt(4) > 0,
        random.nextBoolean(),
        cell.phase,
        cell.phase.moment(provider, random),
        serverFault,
        weapon,
        !outage
            ? Network.State.OPEN
            : random.nextBoolean() ? Network.State.CUT : Network.State.SILENT,
        Duration.ofMillis(200 + random.nextInt(2300)),
        faults,
        random.nextBoolean(),
        // They are told of faults that are a victim's, and would fail of them.
        cloud && faults.isEmpty() && random.nextInt(6) == 0,
        watchdog(weapon, serverFault, random));
  }

  private static WatchdogFate watchdog(Weapon weapon, ServerFault fault, RandomGenerator random) {
    if (weapon == Weapon.NONE && fault != ServerFault.NONE) {
      // It would hide what a JVM leaves that goes on to its end.
      return WatchdogFate.TURNED_OFF;
    }
    return random.nextInt(10) < 6
        ? WatchdogFate.LIVES
        : WatchdogFate.values()[1 + random.nextInt(WatchdogFate.values().length - 1)];
  }

  /** Every phase meets every weapon before one of them does again. */
  private Cell cell(int index) {
    List<Cell> cells = new ArrayList<>();
    for (Phase phase : Phase.values()) {
      for (Weapon weapon : Weapon.values()) {
        cells.add(new Cell(phase, weapon));
      }
    }
    Collections.shuffle(cells, new Random(seed + index / cells.size()));
    return cells.get(index % cells.size());
  }

  private static Weapon weapon(
      Cell cell, Provider provider, ServerFault fault, RandomGenerator random) {
    if (fault != ServerFault.NONE) {
      // Half of them go on, the others die while they do.
      return random.nextBoolean() ? Weapon.NONE : cell.weapon;
    }
    // Where nothing can go wrong around it, a JVM that does not die proves nothing.
    return cell.weapon == Weapon.NONE && provider != Provider.CLOUD ? Weapon.KILL : cell.weapon;
  }

  /** Each in turn, so that the shortest campaign has all of them. */
  private ServerFault serverFault(int number) {
    if (number % SERVER_FAULTS != 2) {
      return ServerFault.NONE;
    }
    List<ServerFault> faults = ServerFault.possible(dev, mounts);
    return faults.get(number / SERVER_FAULTS % faults.size());
  }

  private Provider provider(int number, RandomGenerator random) {
    int draw = random.nextInt(100);
    // The third of each 25, so that the shortest campaign has some.
    if (number % 25 == 3) {
      return dev ? Provider.DEV : Provider.EMBEDDED;
    }
    return draw < 68 ? Provider.CLOUD : Provider.EMBEDDED;
  }

  private static Map<CloudFault, Integer> faults(RandomGenerator random) {
    Map<CloudFault, Integer> faults = new EnumMap<>(CloudFault.class);
    int kinds = 1 + random.nextInt(2);
    for (int i = 0; i < kinds; i++) {
      CloudFault[] all = CloudFault.values();
      faults.put(all[random.nextInt(all.length)], 1 + random.nextInt(3));
    }
    return faults;
  }
}
