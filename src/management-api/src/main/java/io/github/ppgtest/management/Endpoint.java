package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.Check;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint of a connection. Immutable; {@link #toString()} hides the connection string.
 *
 * @param host the host to connect to; never blank
 * @param port the port, 1 to 65535
 * @param connectionString the whole URL with its credentials, a secret; null except in the answer
 *     that created the connection
 * @since 0.1.0
 */
public record Endpoint(String host, int port, @Nullable String connectionString) {
  /** Checks the parts. */
  public Endpoint {
    Check.text(host, "host");
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port must be 1 to 65535 but is " + port);
    }
  }

  @Override
  public String toString() {
    return "Endpoint["
        + host
        + ":"
        + port
        + (connectionString == null ? "" : ", connectionString=hidden")
        + "]";
  }
}
