package io.github.ppgtest.leaktests;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a JVM with test classes finds around it.
 *
 * @param apiUrl where the cloud is
 * @param token its token, a secret
 * @param projectId a project there that another user has
 * @param state where ledgers are kept
 */
record Surroundings(URI apiUrl, String token, String projectId, Path state) {

  /** Where the ledgers themselves are. */
  Path ledgers() {
    return state.resolve("ppgtest");
  }

  void addTo(Map<String, String> environment) {
    environment.put("PRISMA_SERVICE_TOKEN", token);
    environment.put("PPGTEST_API_URL", apiUrl.toString());
    // The user's directory for state, so that the default is what is tried.
    environment.put("XDG_STATE_HOME", state.toString());
  }

  /** Leaves the token out. */
  @Override
  public String toString() {
    return "Surroundings[%s, %s, %s]".formatted(apiUrl, projectId, state);
  }
}
