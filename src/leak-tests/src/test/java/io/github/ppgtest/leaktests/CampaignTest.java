package io.github.ppgtest.leaktests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The campaign's short form, always with the same plans, so that a build fails of what it changed.
 */
@EnabledOnOs(OS.LINUX)
class CampaignTest {
  private static final int SEED = 17;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  @Test
  void nothingIsLeftWhateverDies() throws Exception {
    boolean passed = Campaign.run(out, 1, 54, SEED);

    assertThat(passed).as(printed()).isTrue();
    assertThat(printed()).contains("54 deaths and faults").contains("left behind by: 0");
  }

  @Test
  void allClassesPassWhereOneRequestInTwentyFails() throws Exception {
    boolean passed = FailingNowAndThen.run(out, 40, SEED);

    assertThat(passed).as(printed()).isTrue();
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
