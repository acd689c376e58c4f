package io.github.ppgtest.emulator.internal.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;

/**
 * A connection as the API shows it. What is null is not written: which of the optional fields are
 * there depends on the answer it stands in.
 */
@JsonInclude(Include.NON_NULL)
record ConnectionJson(
    String id,
    String type,
    String url,
    String name,
    String createdAt,
    String kind,
    Endpoints endpoints,
    @Nullable String connectionString,
    @Nullable DirectConnection directConnection,
    @Nullable NamedLink database,
    @Nullable String host,
    @Nullable String pass,
    @Nullable String user) {

  /** Leaves the connection string and the password out. */
  @Override
  public String toString() {
    return "ConnectionJson[id=%s]".formatted(id);
  }

  /** There is no pooler and no Accelerate here. */
  record Endpoints(Endpoint direct) {}

  @JsonInclude(Include.NON_NULL)
  record Endpoint(String host, int port, @Nullable String connectionString) {

    /** Leaves the connection string out. */
    @Override
    public String toString() {
      return "Endpoint[host=%s, port=%d]".formatted(host, port);
    }
  }
}
