package io.github.ppgtest.emulator;

import io.github.ppgtest.emulator.internal.faults.FaultCounter;
import io.github.ppgtest.emulator.internal.faults.FaultPoints;
import io.github.ppgtest.emulator.internal.http.ApiServer;
import io.github.ppgtest.emulator.internal.state.EngineWorkers;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The faults of one emulator, for tests of a client's reaction.
 *
 * <pre>{@code
 * try (InjectedFault outage =
 *     emulator.faults().inject(Fault.serverError(503).on("POST", "/v1/databases").times(2))) {
 *   // The third request to create a database succeeds; outage.count() is 2 then.
 * }
 * }</pre>
 *
 * <p>Of several faults that a request could meet, the one injected last strikes first. Those before
 * it meet the request only where it is passed on: a delay passes it on, an error or a cut
 * connection does not, unless it comes after the effect.
 *
 * <p>Thread-safe. The faults strike all clients of the emulator: tests that run in parallel need an
 * emulator each.
 *
 * @since 0.1.0
 */
public final class Faults {
  private final FaultPoints points;
  private final ApiServer api;
  private final EngineWorkers engine;
  private final Queue<InjectedFault> injected = new ConcurrentLinkedQueue<>();

  Faults(FaultPoints points, ApiServer api, EngineWorkers engine) {
    this.points = points;
    this.api = api;
    this.engine = engine;
  }

  /**
   * Lets a fault strike from now on.
   *
   * @return the handle that counts its strikes and ends it
   * @throws IllegalArgumentException when the fault names a route that the emulator does not have,
   *     listing those that it has
   */
  public InjectedFault inject(Fault fault) {
    List<String> known = api.routes();
    for (String route : fault.routes()) {
      if (!known.contains(route)) {
        throw new IllegalArgumentException(
            "The emulator has no route \"%s\"; it has %s."
                .formatted(route, String.join(", ", known)));
      }
    }
    FaultCounter counter = new FaultCounter(fault.most());
    InjectedFault handle = new InjectedFault(fault, counter);
    injected.add(handle);
    counter.atEnd(() -> injected.remove(handle));
    fault.addTo(points, counter);
    return handle;
  }

  /** Closes every fault that is there, those from the emulator's start included. */
  public void clear() {
    injected.forEach(InjectedFault::close);
  }

  /**
   * Ends the sessions of a database that are idle at this moment, as the cloud does with those that
   * were idle for long. Sessions in a transaction stay. A client only notices when it next uses
   * such a connection.
   *
   * @param databaseId such as {@code db_…}
   * @return how many sessions it has ended
   * @throws IllegalArgumentException when there is no such database, or not yet
   */
  public int closeIdleConnections(String databaseId) {
    return engine
        .endIdleSessions(databaseId)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The emulator has no database \"%s\"; one that is provisioning is not there"
                            .formatted(databaseId)
                        + " yet."));
  }

  /** Names the faults that are there. */
  @Override
  public String toString() {
    return "Faults" + injected;
  }
}
