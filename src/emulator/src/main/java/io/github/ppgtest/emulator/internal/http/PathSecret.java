package io.github.ppgtest.emulator.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
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
  Optional<String> reveal(String path) {
    for (String service : services) {
      if (path.equals(service) || path.startsWith(service + "/")) {
        return reveal(service, path.substring(service.length()));
      }
    }
    return Optional.of(path);
  }

  private Optional<String> reveal(String service, String rest) {
    int end = rest.indexOf('/', 1);
    String shown = rest.isEmpty() ? "" : rest.substring(1, end < 0 ? rest.length() : end);
    // In a time that does not depend on how much of it is right.
    return MessageDigest.isEqual(secret.getBytes(UTF_8), shown.getBytes(UTF_8))
        ? Optional.of(end < 0 ? service : service + rest.substring(end))
        : Optional.empty();
  }

  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "PathSecret" + services;
  }
}
