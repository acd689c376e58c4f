package io.github.ppgtest.emulator.internal.faults;

import io.github.ppgtest.emulator.internal.http.ApiError;
import io.github.ppgtest.emulator.internal.http.Response;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The action of a fault on a request. Safe for use by many threads. */
@FunctionalInterface
public interface Harm {

  /** Returns the answer in place of the real one, or null where that one stays. */
  @Nullable Response befall(Strikes strikes);

  static Harm answering(ApiError error) {
    return strikes -> error.response();
  }

  static Harm cutting() {
    return strikes -> Response.CUT;
  }

  /** Delays for a duration, or until the fault ends. */
  static Harm delaying(Duration latency) {
    return strikes -> {
      try {
        strikes.await(latency);
        return null;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return ApiError.closing().response();
      }
    };
  }
}
