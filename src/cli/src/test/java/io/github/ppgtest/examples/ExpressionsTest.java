package io.github.ppgtest.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ExpressionsTest {
  private final Expressions expressions =
      new Expressions(
          Map.of("matrix.shard", "2", "env.ID", "", "inputs.dry-run", "false", "always()", "true"));

  @Test
  void fillsInWhatItKnows() {
    assertThat(expressions.fill("--shard=${{ matrix.shard }}/2 ${HOME}"))
        .isEqualTo("--shard=2/2 ${HOME}");
    assertThat(expressions.fill("${{ inputs.dry-run && '--dry-run' || '' }}")).isEmpty();
    assertThat(expressions.fill("${{ matrix.shard != '1' && 'yes' || 'no' }}")).isEqualTo("yes");
  }

  @Test
  void decidesConditionsWithAndWithoutBraces() {
    assertThat(expressions.isMet("always() && env.ID != ''")).isFalse();
    assertThat(expressions.isMet("${{ always() }}")).isTrue();
  }

  @Test
  void failsForWhatItDoesNotKnow() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> expressions.fill("${{ matrix.shrad }}"))
        .withMessageStartingWith("Nobody knows matrix.shrad");
  }
}
