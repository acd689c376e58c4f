package io.github.ppgtest.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PpgtestCallsTest {
  @Test
  void findsTheArgumentsOfEachCall() {
    String script =
        """
        java -jar "$RUNNER_TEMP/ppgtest-cli.jar" create --label 'a b' \\
          --env "$file" && echo done
        url=$(java -jar .m2/ppgtest-cli.jar url "$ID")
        java -jar another.jar delete
        """;

    assertThat(PpgtestCalls.in(script))
        .containsExactly(
            List.of("create", "--label", "a b", "--env", "$file"), List.of("url", "$ID"));
  }
}
