package io.github.ppgtest.emulator.internal.api;

import io.github.ppgtest.emulator.internal.http.ApiError;
import io.github.ppgtest.emulator.internal.http.Request;
import io.github.ppgtest.emulator.internal.http.RequestBody;
import io.github.ppgtest.emulator.internal.http.Response;
import io.github.ppgtest.emulator.internal.http.Router;
import io.github.ppgtest.emulator.internal.state.Connections;
import io.github.ppgtest.emulator.internal.state.NewProject;
import io.github.ppgtest.emulator.internal.state.Projects;
import io.github.ppgtest.emulator.internal.state.Region;
import io.github.ppgtest.emulator.internal.state.TemporaryProjects;
import io.github.ppgtest.emulator.internal.state.Workspace;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The create-db service: databases for a while, without an account. Its refusals are Prisma's where
 * the command reads them; where the service answers a line of text, which the command cannot read,
 * the emulator says in JSON what is wrong.
 */
public final class CreateDbRoutes {
  /** The prefix of the service's paths. */
  public static final String BASE = "/create-db";

  private static final int BAD_REQUEST = 400;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final Duration SHORTEST = Duration.ofMinutes(30);
  private static final Duration LONGEST = Duration.ofHours(24);

  private final TemporaryProjects projects;
  private final ProjectRoutes answers;
  private final RegionRoutes regionRoutes;
  private final RegionCatalog regions;
  private final CreationRate rate;
  private final Clock clock;

  private CreateDbRoutes(
      TemporaryProjects projects,
      ProjectRoutes answers,
      RegionCatalog regions,
      CreationRate rate,
      Clock clock) {
    this.projects = projects;
    this.answers = answers;
    this.regionRoutes = new RegionRoutes(regions);
    this.regions = regions;
    this.rate = rate;
    this.clock = clock;
  }

  /** Adds the service, over a workspace of its own, which no token opens. */
  public static void addTo(Router router, EmulatorContext context, int creationsPerMinute) {
    Workspace workspace = context.newWorkspace("create-db");
    Connections connections = context.connections(workspace);
    Projects projects = new Projects(workspace, context.databases(workspace, connections));
    RegionCatalog regions = context.regions();
    Clock clock = context.clock();
    Server server = new Server(context.engine());
    Links links = new Links(context.apiUrl());
    DatabaseViews views = new DatabaseViews(links, server, new ConnectionViews(links, server));
    new CreateDbRoutes(
            new TemporaryProjects(projects, context.engine(), clock),
            new ProjectRoutes(workspace, projects, regions, views, links),
            regions,
            new CreationRate(creationsPerMinute, clock),
            clock)
        .addTo(router);
  }

  private void addTo(Router router) {
    router
        .get(BASE + "/health", this::health)
        .get(BASE + "/regions", regionRoutes::listPostgres)
        .post(BASE + "/analytics", this::count)
        .post(BASE + "/create", this::create)
        .get(BASE + "/claim", this::claim);
  }

  private Response health(Request request) {
    return Response.bare(200, new Health("ok", "create-db", clock.millis()));
  }

  /** Accepts the command's usage statistics, and drops them. */
  private Response count(Request request) {
    request.body(BAD_REQUEST).requiredText("eventName");
    return Response.noContent();
  }

  private Response create(Request request) {
    projects.deleteExpired();
    RequestBody body = request.body(BAD_REQUEST);
    Duration lifetime = lifetime(body);
    Optional<Duration> refusal = rate.refusal();
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    String name = body.requiredText("name");
    body.requiredText("region");
    // From here on it is POST /v1/projects, with its errors.
    RequestBody forwarded = request.body(ApiError.UNPROCESSABLE);
    Region region = regions.read(forwarded).orElseThrow();
    NewProject wanted =
        new NewProject(name, regions.requireAvailable(region, forwarded), null, true);
    return answers.created(projects.create(wanted, lifetime));
  }

  private static Duration lifetime(RequestBody body) {
    OptionalLong millis = body.number("ttlMs");
    if (millis.isEmpty()) {
      return LONGEST;
    }
    if (millis.getAsLong() < SHORTEST.toMillis() || millis.getAsLong() > LONGEST.toMillis()) {
      throw body.invalid(
          "ttlMs",
          "must be from %d (30 minutes) to %d (24 hours), but is %d."
              .formatted(SHORTEST.toMillis(), LONGEST.toMillis(), millis.getAsLong()));
    }
    return Duration.ofMillis(millis.getAsLong());
  }

  private Response refused(Duration wait) {
    long seconds = wait.plusMillis(999).toSeconds();
    return new Response(
        TOO_MANY_REQUESTS,
        new Refusal(
            "RATE_LIMIT_EXCEEDED",
            "Rate limit exceeded for database creation. You can create up to %d a minute. Please try again later."
                .formatted(rate.most()),
            new Refusal.RateLimitInfo(wait.toMillis(), rate.most(), rate.most())),
        Map.of("Retry-After", Long.toString(seconds)));
  }

  private Response claim(Request request) {
    String id = request.query("projectID").orElse("");
    return ClaimPage.of(id, projects::claim);
  }

  private record Health(String status, String service, long timestamp) {}

  private record Refusal(String error, String message, RateLimitInfo rateLimitInfo) {
    record RateLimitInfo(long retryAfterMs, int currentCount, int maxRequests) {}
  }
}
