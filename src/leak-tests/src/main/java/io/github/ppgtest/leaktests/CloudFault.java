package io.github.ppgtest.leaktests;

import io.github.ppgtest.emulator.Fault;
import io.github.ppgtest.emulator.RequestFault;
import java.time.Duration;
import java.util.List;

/** What goes wrong in the cloud. */
enum CloudFault {
  SERVER_ERROR(Fault.serverError(503)),
  SERVER_ERROR_AFTER_THE_EFFECT(Fault.serverError(500).afterTheEffect()),
  CONNECTION_CUT(Fault.connectionCut()),
  CONNECTION_CUT_AFTER_THE_EFFECT(Fault.connectionCut().afterTheEffect()),
  RATE_LIMITED(Fault.rateLimited()),
  RATE_LIMITED_FOR_A_SECOND(Fault.rateLimited(Duration.ofSeconds(1))),
  LATENCY(Fault.latency(Duration.ofMillis(400))),
  LATENCY_AFTER_THE_EFFECT(Fault.latency(Duration.ofMillis(400)).afterTheEffect()),
  TOKEN_EXPIRED(Fault.tokenExpired()),
  PLAN_LIMIT_REACHED(Fault.planLimitReached()),
  ENDLESS_PROVISIONING(Fault.endlessProvisioning()),
  PROVISIONING_FAILURE(Fault.provisioningFailure());

  /** What a client gets over by itself, and is to survive if it only happens now and then. */
  static final List<CloudFault> PASSING =
      List.of(
          SERVER_ERROR,
          SERVER_ERROR_AFTER_THE_EFFECT,
          CONNECTION_CUT,
          CONNECTION_CUT_AFTER_THE_EFFECT,
          RATE_LIMITED,
          RATE_LIMITED_FOR_A_SECOND,
          LATENCY,
          LATENCY_AFTER_THE_EFFECT);

  private final Fault fault;

  CloudFault(Fault fault) {
    this.fault = fault;
  }

  /** So often, as soon as possible. */
  Fault times(int times) {
    return fault.times(times);
  }

  /**
   * Now and then.
   *
   * @throws IllegalStateException if it is none that strikes requests
   */
  Fault withProbability(double probability, long seed) {
    if (fault instanceof RequestFault requests) {
      return requests.withProbability(probability, seed);
    }
    throw new IllegalStateException(this + " has no probability");
  }
}
