package io.github.ppgtest.emulator.internal.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds who answers a method and a path. Filled first, then only read. */
public final class Router {
  private final List<Route> routes = new ArrayList<>();

  public Router get(String template, Handler handler) {
    return add("GET", template, handler);
  }

  public Router post(String template, Handler handler) {
    return add("POST", template, handler);
  }

  /** Adds a route that takes what an HTML form sends. */
  public Router postForm(String template, Handler handler) {
    routes.add(Route.of("POST", template, "application/x-www-form-urlencoded", handler));
    return this;
  }

  public Router patch(String template, Handler handler) {
    return add("PATCH", template, handler);
  }

  public Router delete(String template, Handler handler) {
    return add("DELETE", template, handler);
  }

  private Router add(String method, String template, Handler handler) {
    routes.add(Route.of(method, template, "application/json", handler));
    return this;
  }

  /** Lists the methods and path templates, such as {@code GET /v1/projects/{id}}. */
  List<String> routes() {
    return routes.stream().map(route -> route.method() + " " + route.template()).toList();
  }

  /** Tells whether there is a route with this path, for whatever method. */
  boolean hasPath(List<String> path) {
    return routes.stream().anyMatch(route -> route.match(path).isPresent());
  }

  /**
   * Returns the first route that fits, with its path parameters.
   *
   * @throws ApiError 404 where no route has this path, 405 where only other methods have it
   */
  Match find(String method, List<String> path) {
    List<String> otherMethods = new ArrayList<>();
    for (Route route : routes) {
      Optional<Map<String, String>> names = route.match(path);
      if (names.isPresent() && route.method().equals(method)) {
        return new Match(route, names.get());
      }
      names.ifPresent(matched -> otherMethods.add(route.method()));
    }
    if (otherMethods.isEmpty()) {
      throw ApiError.noRoute(method, String.join("/", path));
    }
    throw ApiError.methodNotAllowed(
        method,
        String.join("/", path),
        otherMethods.stream().sorted().collect(Collectors.joining(", ")));
  }

  record Match(Route route, Map<String, String> path) {}
}
