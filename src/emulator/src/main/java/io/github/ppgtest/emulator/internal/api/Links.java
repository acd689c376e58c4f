package io.github.ppgtest.emulator.internal.api;

import java.net.URI;

/** The addresses of resources: their {@code url} fields. */
record Links(URI apiUrl) {
  String workspace(String id) {
    return resource("workspaces", id);
  }

  String project(String id) {
    return resource("projects", id);
  }

  String database(String id) {
    return resource("databases", id);
  }

  String connection(String id) {
    return resource("connections", id);
  }

  private String resource(String collection, String id) {
    return apiUrl + "/v1/" + collection + "/" + id;
  }
}
