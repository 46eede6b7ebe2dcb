package io.evalstream.loadgenerator.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunClockTest {

  @Test
  void whatElapsedIsAddedToTheAnchor() {
    RunClock clock = new RunClock(1_000_000, Long.MAX_VALUE - 500);

    assertThat(clock.wallUs(Long.MAX_VALUE - 500)).isEqualTo(1_000_000);
    assertThat(clock.wallUs(Long.MAX_VALUE - 500 + 1999)).isEqualTo(1_000_001);
    assertThat(clock.wallUs(Long.MAX_VALUE - 501)).isEqualTo(999_999);
  }
}
