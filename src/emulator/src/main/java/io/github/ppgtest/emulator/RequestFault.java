package io.github.ppgtest.emulator;

import io.github.ppgtest.emulator.internal.faults.Chance;
import io.github.ppgtest.emulator.internal.faults.FaultPoints;
import io.github.ppgtest.emulator.internal.faults.Harm;
import io.github.ppgtest.emulator.internal.faults.Strikes;
import io.github.ppgtest.emulator.internal.faults.StruckRequests;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A fault that strikes requests: all to the Management API, unless {@link #on} says which.
 * Immutable.
 *
 * @since 0.1.0
 */
public final class RequestFault extends Fault {
  private final Harm harm;
  private final boolean afterTheEffect;
  private final Chance chance;
  private final Set<String> routes;

  /** Whether it is not the user who named the routes. */
  private final boolean byDefault;

  private RequestFault(
      String description,
      int times,
      Harm harm,
      boolean afterTheEffect,
      Chance chance,
      Set<String> routes,
      boolean byDefault) {
    super(description, times);
    this.harm = harm;
    this.afterTheEffect = afterTheEffect;
    this.chance = chance;
    this.routes = Collections.unmodifiableSet(routes);
    this.byDefault = byDefault;
  }

  static RequestFault of(String description, Harm harm, String... defaultRoutes) {
    return new RequestFault(
        description, Integer.MAX_VALUE, harm, false, Chance.CERTAIN, Set.of(defaultRoutes), true);
  }

  /**
   * Strikes only the requests to one route, and to those that were named before with this method.
   *
   * @param method such as {@code POST}
   * @param template the path as the emulator has it, such as {@code /v1/databases/{databaseId}};
   *     {@link Faults#inject} refuses one that is unknown, and lists those that are known
   */
  public RequestFault on(String method, String template) {
    Set<String> more = byDefault ? new LinkedHashSet<>() : new LinkedHashSet<>(routes);
    more.add(method + " " + template);
    return new RequestFault(description(), most(), harm, afterTheEffect, chance, more, false);
  }

  /**
   * Strikes after the request has been handled: what it asked for has happened, and only the answer
   * is another, or late, or lost.
   */
  public RequestFault afterTheEffect() {
    return new RequestFault(description(), most(), harm, true, chance, routes, byDefault);
  }

  /**
   * Strikes not every such request, but each with this probability: as a service does that fails
   * now and then. Without it, 1. Each injection draws anew from the seed, so that the same requests
   * in the same order are struck again.
   *
   * @param probability more than 0, at most 1
   * @param seed what the draws follow from
   * @throws IllegalArgumentException when the probability is another
   */
  public RequestFault withProbability(double probability, long seed) {
    return new RequestFault(
        description(),
        most(),
        harm,
        afterTheEffect,
        new Chance(probability, seed),
        routes,
        byDefault);
  }

  @Override
  public RequestFault times(int times) {
    return new RequestFault(
        description(), checked(times), harm, afterTheEffect, chance, routes, byDefault);
  }

  @Override
  Set<String> routes() {
    return routes;
  }

  @Override
  String condition() {
    return chance.toString();
  }

  @Override
  void addTo(FaultPoints points, Strikes strikes) {
    points
        .requests()
        .add(new StruckRequests(routes, harm, afterTheEffect, chance.draws()), strikes);
  }
}
