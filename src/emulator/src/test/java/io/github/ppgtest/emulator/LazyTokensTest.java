package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who asks for no token does not wait for the library that makes them. */
final class LazyTokensTest {
  @Test
  void loadNothingUntilOneIsAskedFor() throws Exception {
    assertThat(loadedBy("/v1/workspaces"))
        .anyMatch(line -> line.contains("emulator.internal.auth.Callers "))
        .noneMatch(line -> line.contains("com.nimbusds"));
    assertThat(loadedBy("/github-actions/oidc/token"))
        .anyMatch(line -> line.contains("com.nimbusds"));
  }

  private static List<String> loadedBy(String path) throws Exception {
    Process process =
        ChildJvm.of(List.of("-Xlog:class+load"), OneRequest.class, path)
            .redirectErrorStream(true)
            .start();
    List<String> lines;
    try (var output = process.inputReader()) {
      lines = output.lines().toList();
    }
    assertThat(process.waitFor(TestEmulator.HANG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(lines).contains("200");
    return lines;
  }

  static final class OneRequest {
    private OneRequest() {}

    public static void main(String[] arguments) {
      try (TestEmulator emulator = new TestEmulator(builder -> builder.authorizationServer(true))) {
        boolean open = arguments[0].startsWith("/github");
        String token =
            open
                ? emulator.emulator.gitHubActionsEnvironment().get("ACTIONS_ID_TOKEN_REQUEST_TOKEN")
                : emulator.emulator.serviceToken();
        System.out.println(emulator.send("GET", arguments[0], null, "Bearer " + token).status());
      }
    }
  }
}
