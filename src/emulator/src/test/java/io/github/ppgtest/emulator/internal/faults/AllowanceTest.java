package io.github.ppgtest.emulator.internal.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class AllowanceTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final BooleanSupplier exceeded =
      new Allowance(4, Duration.ofSeconds(2)).exceeded(nanos::get);

  @Test
  void isFullAtFirst() {
    assertThat(sparedAtOnce()).isEqualTo(4);
  }

  @Test
  void fillsUpEvenly() {
    sparedAtOnce();

    pass(Duration.ofMillis(499));
    assertThat(sparedAtOnce()).isZero();
    pass(Duration.ofMillis(2));
    assertThat(sparedAtOnce()).isEqualTo(1);
    pass(Duration.ofMillis(1000));
    assertThat(sparedAtOnce()).isEqualTo(2);
  }

  @Test
  void holdsNoMoreThanThat() {
    pass(Duration.ofHours(1));

    assertThat(sparedAtOnce()).isEqualTo(4);
  }

  @Test
  void mayBeNothing() {
    assertThat(Allowance.NONE.exceeded().getAsBoolean()).isTrue();
  }

  private int sparedAtOnce() {
    int spared = 0;
    while (!exceeded.getAsBoolean()) {
      spared++;
    }
    return spared;
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
