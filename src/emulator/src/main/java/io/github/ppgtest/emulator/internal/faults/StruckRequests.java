package io.github.ppgtest.emulator.internal.faults;

import io.github.ppgtest.emulator.internal.http.ApiError;
import io.github.ppgtest.emulator.internal.http.Handler;
import io.github.ppgtest.emulator.internal.http.Request;
import io.github.ppgtest.emulator.internal.http.Response;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The requests that a fault strikes, and its action.
 *
 * @param routes such as {@code POST /v1/databases}; none stands for the whole Management API
 * @param afterTheEffect whether the request is handled first, as if nothing were wrong
 * @param chance the probability, drawn for each request
 */
public record StruckRequests(
    Set<String> routes, FaultAction action, boolean afterTheEffect, BooleanSupplier chance) {
  private static final String MANAGEMENT_API = "/v1/";

  public StruckRequests {
    routes = Set.copyOf(routes);
  }

  boolean include(String method, String template) {
    return routes.isEmpty()
        ? template.startsWith(MANAGEMENT_API)
        : routes.contains(method + " " + template);
  }

  Response handle(Request request, Handler next, FaultCounter counter) {
    if (!chance.getAsBoolean() || !counter.strike()) {
      return next.handle(request);
    }
    Response real = afterTheEffect ? handled(request, next) : null;
    Response harmed = action.apply(counter);
    if (harmed != null) {
      return harmed;
    }
    return real == null ? next.handle(request) : real;
  }

  /** A refusal is an answer like any other, and lost like it. */
  private static Response handled(Request request, Handler next) {
    try {
      return next.handle(request);
    } catch (ApiError e) {
      return e.response();
    }
  }
}
