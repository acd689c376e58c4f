package io.github.ppgtest.emulator.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A secret of the run in the paths of services that take no token: {@code /auth/SECRET/token} is
 * the route {@code /auth/token}. Immutable.
 *
 * @param services the first parts of those paths, such as {@code /auth}
 */
public record PathSecret(String secret, List<String> services) {
  public PathSecret {
    services = List.copyOf(services);
  }

  /** Returns the path below which a service answers. */
  public String base(String service) {
    return service + "/" + secret;
  }

  /** Returns the route's path; empty where it is one of these services and the secret is wrong. */
  Optional<List<String>> reveal(List<String> path) {
    if (!services.contains("/" + path.get(1))) {
      return Optional.of(path);
    }
    String shown = path.size() > 2 ? path.get(2) : "";
    // In a time that does not depend on how much of it is right.
    if (!MessageDigest.isEqual(secret.getBytes(UTF_8), shown.getBytes(UTF_8))) {
      return Optional.empty();
    }
    List<String> revealed = new ArrayList<>(path);
    revealed.remove(2);
    return Optional.of(revealed);
  }

  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "PathSecret" + services;
  }
}
