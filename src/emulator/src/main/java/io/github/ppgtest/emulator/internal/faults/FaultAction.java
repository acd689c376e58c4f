package io.github.ppgtest.emulator.internal.faults;

import io.github.ppgtest.emulator.internal.http.ApiError;
import io.github.ppgtest.emulator.internal.http.Response;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The action of a fault on a request. Safe for use by many threads. */
@FunctionalInterface
public interface FaultAction {

  /** Returns the answer in place of the real one, or null where that one stays. */
  @Nullable Response apply(FaultCounter counter);

  static FaultAction answering(ApiError error) {
    return counter -> error.response();
  }

  static FaultAction cutting() {
    return counter -> Response.CUT;
  }

  /** Delays for a duration, or until the fault ends. */
  static FaultAction delaying(Duration latency) {
    return counter -> {
      try {
        counter.await(latency);
        return null;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return ApiError.closing().response();
      }
    };
  }
}
