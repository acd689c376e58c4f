package io.github.ppgtest.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What logs must not show, where a CI system hides it or not. */
final class Secrets {
  private static final String MASK = "::add-mask::";

  private Secrets() {}

  /** Those that GitHub is told of are only in the lines that tell it. */
  static void assertThatNoneIsIn(String output) {
    List<String> masked =
        output
            .lines()
            .filter(line -> line.startsWith(MASK))
            .map(line -> line.substring(MASK.length()))
            .toList();
    String rest = String.join("\n", output.lines().filter(line -> !line.startsWith(MASK)).toList());
    assertThat(masked).isNotEmpty().anyMatch(mask -> mask.startsWith("postgres"));
    masked.forEach(mask -> assertThat(rest).doesNotContain(mask));
    assertThatNoneIsShownIn(rest);
  }

  /** Where a CI system cannot be told of them. */
  static void assertThatNoneIsShownIn(String output) {
    assertThat(output)
        .doesNotContainPattern("postgres(ql)?://[^\\s:]+:[^\\s@]+@")
        .doesNotContain("sk_");
  }
}
