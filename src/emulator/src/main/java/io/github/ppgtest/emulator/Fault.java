package io.github.ppgtest.emulator;

import io.github.ppgtest.emulator.internal.faults.FaultAction;
import io.github.ppgtest.emulator.internal.faults.FaultCounter;
import io.github.ppgtest.emulator.internal.faults.FaultPoints;
import io.github.ppgtest.emulator.internal.faults.ProvisioningFaults;
import io.github.ppgtest.emulator.internal.http.ApiError;
import io.github.ppgtest.emulator.internal.state.Region;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * A fault to inject into an emulator, for tests of a client's reaction. It strikes every time until
 * it is closed, unless {@link #times} limits it.
 *
 * <pre>{@code
 * Fault.rateLimited(Duration.ofSeconds(1)).on("POST", "/v1/databases").times(2)
 * }</pre>
 *
 * <p>Immutable: the methods that change something return another. One can be injected several
 * times.
 *
 * @see Faults#inject
 * @since 0.1.0
 */
public abstract sealed class Fault permits RequestFault, StateFault {
  private final String description;
  private final int times;

  Fault(String description, int times) {
    this.description = description;
    this.times = times;
  }

  /**
   * Delays answers by a duration, or until the fault is closed. The request is handled after the
   * delay; with {@link RequestFault#afterTheEffect}, before it.
   *
   * @param latency more than zero
   * @throws IllegalArgumentException when it is zero or negative
   */
  public static RequestFault latency(Duration latency) {
    if (latency.isNegative() || latency.isZero()) {
      throw new IllegalArgumentException(
          "The latency is %s; it must be more than zero.".formatted(latency));
    }
    return RequestFault.of("latency of " + latency, FaultAction.delaying(latency));
  }

  /** Answers 429, {@code rate-limit-exceeded}, without the header {@code Retry-After}. */
  public static RequestFault rateLimited() {
    return error(429, "rate-limit-exceeded", "Rate limit exceeded.", Map.of());
  }

  /**
   * Answers 429, {@code rate-limit-exceeded}, with the header {@code Retry-After}.
   *
   * @param retryAfter zero or more; the header has whole seconds, so that a fraction is rounded up
   * @throws IllegalArgumentException when it is negative
   */
  public static RequestFault rateLimited(Duration retryAfter) {
    if (retryAfter.isNegative()) {
      throw new IllegalArgumentException(
          "Retry-After is %s; it must be zero or more.".formatted(retryAfter));
    }
    long seconds = retryAfter.plusSeconds(1).minusNanos(1).toSeconds();
    return error(
        429,
        "rate-limit-exceeded",
        "Rate limit exceeded.",
        Map.of("Retry-After", Long.toString(seconds)));
  }

  /**
   * Answers with a server error. The request is not handled; with {@link
   * RequestFault#afterTheEffect} it is, and only its answer is lost.
   *
   * @param status from 500 to 599, such as 503
   * @throws IllegalArgumentException when it is another
   */
  public static RequestFault serverError(int status) {
    requireStatus(status, 500);
    String code =
        switch (status) {
          case 502 -> "bad-gateway";
          case 503 -> "service-unavailable";
          case 504 -> "gateway-timeout";
          default -> "internal-error";
        };
    return error(status, code, "The service failed.", Map.of());
  }

  /**
   * Closes the connection without an answer. The request is not handled; with {@link
   * RequestFault#afterTheEffect} it is, and only its answer is lost.
   */
  public static RequestFault connectionCut() {
    return RequestFault.of("connection cut", FaultAction.cutting());
  }

  /** Answers 401, {@code authentication-failed}, as if the token had expired. */
  public static RequestFault tokenExpired() {
    return error(
        401,
        "authentication-failed",
        "The bearer token has expired.",
        Map.of("WWW-Authenticate", "Bearer"));
  }

  /**
   * Answers 403, {@code planLimitReached}, to what would create a project or a database; with
   * {@link RequestFault#on}, to other requests.
   */
  public static RequestFault planLimitReached() {
    return error(
        403,
        "planLimitReached",
        "Workspace plan limit reached",
        Map.of(),
        "POST /v1/projects",
        "POST /v1/databases",
        "POST /v1/projects/{projectId}/databases");
  }

  /**
   * Answers with any error of the API, and the request is not handled.
   *
   * @param status from 400 to 599
   * @param code the API's word for it, such as {@code permission-denied}
   * @param message what the API says
   * @throws IllegalArgumentException when the status is another
   */
  public static RequestFault error(int status, String code, String message) {
    requireStatus(status, 400);
    return error(status, code, message, Map.of());
  }

  private static RequestFault error(
      int status,
      String code,
      String message,
      Map<String, String> headers,
      String... defaultRoutes) {
    return RequestFault.of(
        status + " " + code,
        FaultAction.answering(ApiError.injected(status, code, message, headers)),
        defaultRoutes);
  }

  private static void requireStatus(int status, int least) {
    if (status < least || status > 599) {
      throw new IllegalArgumentException(
          "The status is %d; it must be from %d to 599.".formatted(status, least));
    }
  }

  /**
   * Leaves databases that are created meanwhile at the status {@code provisioning}, closed to
   * clients. Its end lets those be provisioned that have not been deleted.
   */
  public static Fault endlessProvisioning() {
    return new StateFault(
        "endless provisioning",
        (points, counter) -> points.provisioning().add(ProvisioningFaults.Kind.ENDLESS, counter));
  }

  /** Lets databases that are created meanwhile end up with the status {@code failure}. */
  public static Fault provisioningFailure() {
    return new StateFault(
        "status failure",
        (points, counter) -> points.provisioning().add(ProvisioningFaults.Kind.FAILURE, counter));
  }

  /**
   * Makes a region unavailable: lists show it so, and creations there are refused and counted.
   * Existing databases stay as they are.
   *
   * @param regionId such as {@code eu-west-3}
   * @throws IllegalArgumentException when there is no such region
   */
  public static Fault regionUnavailable(String regionId) {
    Region region =
        Region.of(regionId)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "There is no region \"%s\"; there are %s."
                            .formatted(regionId, Region.ids())));
    return new StateFault(
        "region " + regionId + " unavailable",
        (points, counter) -> points.regions().add(region, counter));
  }

  /**
   * Limits how often it strikes.
   *
   * @param times at least 1
   * @throws IllegalArgumentException when it is less
   */
  public abstract Fault times(int times);

  /** The routes that it names, such as {@code POST /v1/databases}. */
  abstract Set<String> routes();

  /** When it strikes, as the end of a description; empty for always. */
  String condition() {
    return "";
  }

  /** Lets it strike from now on. */
  abstract void addTo(FaultPoints points, FaultCounter counter);

  final String description() {
    return description;
  }

  /** How often it may strike. */
  final int most() {
    return times;
  }

  static int checked(int times) {
    if (times < 1) {
      throw new IllegalArgumentException(
          "A fault cannot strike %d times; at least once.".formatted(times));
    }
    return times;
  }

  /**
   * Describes the fault, such as {@code 429 rate-limit-exceeded on POST /v1/databases, 2 times}.
   */
  @Override
  public String toString() {
    return description
        + (routes().isEmpty() ? "" : " on " + String.join(", ", routes()))
        + condition()
        + (times == Integer.MAX_VALUE ? "" : ", %d times".formatted(times));
  }
}
