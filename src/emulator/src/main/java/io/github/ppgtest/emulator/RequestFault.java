package io.github.ppgtest.emulator;

import io.github.ppgtest.emulator.internal.faults.Allowance;
import io.github.ppgtest.emulator.internal.faults.Chance;
import io.github.ppgtest.emulator.internal.faults.FaultAction;
import io.github.ppgtest.emulator.internal.faults.FaultCounter;
import io.github.ppgtest.emulator.internal.faults.FaultPoints;
import io.github.ppgtest.emulator.internal.faults.StruckRequests;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A fault that strikes requests: all to the Management API, unless {@link #on} says which.
 * Immutable.
 *
 * @since 0.1.0
 */
public final class RequestFault extends Fault {
  private final FaultAction action;
  private final boolean afterTheEffect;
  private final Chance chance;
  private final Allowance allowance;
  private final Set<String> routes;

  /** Whether the routes are the default and not the user's. */
  private final boolean byDefault;

  private RequestFault(
      String description,
      int times,
      FaultAction action,
      boolean afterTheEffect,
      Chance chance,
      Allowance allowance,
      Set<String> routes,
      boolean byDefault) {
    super(description, times);
    this.action = action;
    this.afterTheEffect = afterTheEffect;
    this.chance = chance;
    this.allowance = allowance;
    this.routes = Collections.unmodifiableSet(routes);
    this.byDefault = byDefault;
  }

  static RequestFault of(String description, FaultAction action, String... defaultRoutes) {
    return new RequestFault(
        description,
        Integer.MAX_VALUE,
        action,
        false,
        Chance.CERTAIN,
        Allowance.NONE,
        Set.of(defaultRoutes),
        true);
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
    return new RequestFault(
        description(), most(), action, afterTheEffect, chance, allowance, more, false);
  }

  /**
   * Strikes after the request has been handled: the request has its effect, and only the answer is
   * replaced, late or lost.
   */
  public RequestFault afterTheEffect() {
    return new RequestFault(
        description(), most(), action, true, chance, allowance, routes, byDefault);
  }

  /**
   * Strikes each such request with this probability, as a service does that fails now and then.
   * Without it, 1. Each injection draws anew from the seed, so that the same requests in the same
   * order are struck again.
   *
   * @param probability more than 0, at most 1
   * @param seed the seed of the draws
   * @throws IllegalArgumentException when the probability is another
   */
  public RequestFault withProbability(double probability, long seed) {
    return new RequestFault(
        description(),
        most(),
        action,
        afterTheEffect,
        new Chance(probability, seed),
        allowance,
        routes,
        byDefault);
  }

  /**
   * Spares such requests up to a rate and strikes those beyond, as a rate limiter does: a token
   * bucket of so many requests, full at each injection and refilled evenly. Without it, none is
   * spared.
   *
   * <pre>{@code
   * Fault.rateLimited(Duration.ofSeconds(1)).beyond(20, Duration.ofSeconds(1))
   * }</pre>
   *
   * @param requests at least 1
   * @param per more than zero
   * @throws IllegalArgumentException when either is less
   */
  public RequestFault beyond(int requests, Duration per) {
    return new RequestFault(
        description(),
        most(),
        action,
        afterTheEffect,
        chance,
        new Allowance(checked(requests), per),
        routes,
        byDefault);
  }

  @Override
  public RequestFault times(int times) {
    return new RequestFault(
        description(),
        checked(times),
        action,
        afterTheEffect,
        chance,
        allowance,
        routes,
        byDefault);
  }

  @Override
  Set<String> routes() {
    return routes;
  }

  @Override
  String condition() {
    return allowance.toString() + chance;
  }

  @Override
  void addTo(FaultPoints points, FaultCounter counter) {
    BooleanSupplier draws = chance.draws();
    BooleanSupplier exceeded = allowance.exceeded();
    points
        .requests()
        .add(
            new StruckRequests(
                routes,
                action,
                afterTheEffect,
                () -> exceeded.getAsBoolean() && draws.getAsBoolean()),
            counter);
  }
}
