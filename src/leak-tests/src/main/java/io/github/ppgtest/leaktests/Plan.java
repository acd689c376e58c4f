package io.github.ppgtest.leaktests;

import io.github.ppgtest.Provider;
import java.time.Duration;
import java.util.Map;

/**
 * What happens to one victim.
 *
 * @param number which of the campaign it is, from 1
 * @param provider what its databases come from
 * @param ownProject whether it makes a project for its run; else one is configured
 * @param parallel whether its classes run in parallel
 * @param ahead whether databases are made ahead of need
 * @param ownPlace whether its files are below a directory of its own; else where they are by
 *     default
 * @param phase when it dies
 * @param moment when exactly
 * @param serverFault what goes wrong at that moment with the server of its databases, before it
 *     dies
 * @param weapon what it dies of
 * @param outage what the network becomes at that moment; open where nothing happens
 * @param outageLasts how long
 * @param faults what goes wrong in the cloud meanwhile, and how often
 * @param faultsFromTheStart whether it does so from the start; else from the moment on
 * @param reapers whether reapers come by while it lives
 * @param watchdog what becomes of its watchdog
 */
record Plan(
    int number,
    Provider provider,
    boolean ownProject,
    boolean parallel,
    boolean ahead,
    boolean ownPlace,
    Phase phase,
    Moment moment,
    ServerFault serverFault,
    Weapon weapon,
    Network.State outage,
    Duration outageLasts,
    Map<CloudFault, Integer> faults,
    boolean faultsFromTheStart,
    boolean reapers,
    WatchdogFate watchdog) {

  /** What becomes of a victim's watchdog. */
  enum WatchdogFate {
    LIVES,
    KILLED_BEFORE,
    KILLED_AT_ONCE,
    KILLED_AFTER,
    TURNED_OFF
  }

  /** A JVM that nothing happens to, with databases of the same provider. */
  static Plan calm(Provider provider, boolean ownProject) {
    return new Plan(
        0,
        provider,
        ownProject,
        false,
        true,
        false,
        Phase.END,
        new Moment("LEAKS all ended", 1, Duration.ZERO),
        ServerFault.NONE,
        Weapon.NONE,
        Network.State.OPEN,
        Duration.ZERO,
        Map.of(),
        false,
        false,
        WatchdogFate.LIVES);
  }

  /** Whether the next JVM has to do what the watchdog could not. */
  boolean needsNext() {
    if (outlivesServer()) {
      // A JVM that goes on to its end leaves nothing to others.
      return false;
    }
    return watchdog != WatchdogFate.LIVES
        || !faults.isEmpty()
        || outage != Network.State.OPEN
        // A cache is for those to tidy who use it.
        || serverFault.isOfCache();
  }

  /** Whether a server is all that dies. */
  boolean outlivesServer() {
    return serverFault != ServerFault.NONE && weapon == Weapon.NONE;
  }

  @Override
  public String toString() {
    return "death %d: %s%s%s%s%s, %s%s in phase %s (%s), network %s%s, faults %s%s, watchdog %s%s"
        .formatted(
            number,
            provider,
            provider == Provider.CLOUD && !ownProject ? " in a configured project" : "",
            parallel ? ", parallel" : "",
            ahead ? "" : ", nothing ahead",
            ownPlace ? "" : ", in the default place",
            serverFault == ServerFault.NONE
                ? ""
                : serverFault
                    + (serverFault.isOfCache() && faultsFromTheStart ? " from the start" : "")
                    + " and then ",
            weapon,
            phase,
            moment,
            outage,
            outage == Network.State.OPEN ? "" : " for " + outageLasts.toMillis() + " ms",
            faults,
            faults.isEmpty() || !faultsFromTheStart ? "" : " from the start",
            watchdog,
            reapers ? ", reapers" : "");
  }
}
