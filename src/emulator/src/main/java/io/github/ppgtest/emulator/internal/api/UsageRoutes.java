package io.github.ppgtest.emulator.internal.api;

import io.github.ppgtest.emulator.internal.http.ApiError;
import io.github.ppgtest.emulator.internal.http.Request;
import io.github.ppgtest.emulator.internal.http.Response;
import io.github.ppgtest.emulator.internal.http.Router;
import io.github.ppgtest.emulator.internal.http.Timestamps;
import io.github.ppgtest.emulator.internal.state.DatabaseStore;
import io.github.ppgtest.emulator.internal.state.Usage;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** {@code /v1/databases/{databaseId}/usage}. */
final class UsageRoutes {
  private static final double BYTES_PER_GIB = 1L << 30;

  /** The status with which the contract has this endpoint refuse a date. */
  private static final int BAD_REQUEST = 400;

  private final DatabaseStore databases;

  UsageRoutes(DatabaseStore databases) {
    this.databases = databases;
  }

  void addTo(Router router) {
    router.get("/v1/databases/{databaseId}/usage", this::get);
  }

  private Response get(Request request) {
    Instant start = date(request, "startDate");
    Instant end = date(request, "endDate");
    Usage usage = databases.usage(request.path("databaseId"), start, end);
    if (usage.start().isAfter(usage.end())) {
      throw ApiError.invalid(BAD_REQUEST, "startDate", "must not be after endDate.");
    }
    return Response.bare(200, json(usage));
  }

  /** Takes a day for its beginning in UTC. */
  private static @Nullable Instant date(Request request, String name) {
    String text = request.query(name).orElse(null);
    if (text == null) {
      return null;
    }
    try {
      return text.contains("T")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw ApiError.invalid(
          BAD_REQUEST,
          name,
          "must be a date-time such as 2026-11-20T10:15:30Z, not " + ApiError.quote(text) + ".");
    }
  }

  private static UsageJson json(Usage usage) {
    return new UsageJson(
        new Period(Timestamps.of(usage.start()), Timestamps.of(usage.end())),
        new Metrics(
            new Operations(usage.statements(), "ops"),
            new Storage(usage.storedBytes() / BYTES_PER_GIB, "GiB")),
        Timestamps.of(usage.generatedAt()));
  }

  private record UsageJson(Period period, Metrics metrics, String generatedAt) {}

  private record Period(String start, String end) {}

  private record Metrics(Operations operations, Storage storage) {}

  private record Operations(long used, String unit) {}

  private record Storage(double used, String unit) {}
}
