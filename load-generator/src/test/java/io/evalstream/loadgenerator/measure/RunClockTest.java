package io.evalstream.loadgenerator.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunClockTest {

  @Test
  void whatElapsedIsAddedToTheAnchor() {
    // the monotonic clock may pass from the largest number to the smallest
    long anchor = Long.MAX_VALUE - 500L;
    RunClock clock = new RunClock(1_000_000, anchor);

    assertThat(clock.wallUs(anchor)).isEqualTo(1_000_000);
    assertThat(clock.wallUs(Long.MIN_VALUE + 1498L)).isEqualTo(1_000_001);
    assertThat(clock.wallUs(anchor - 1L)).isEqualTo(999_999);
  }
}
