package io.evalstream.loadgenerator.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GapsOverTimeTest {

  private static final long START = 1_000_000;

  private final GapsOverTime gaps = new GapsOverTime(START);

  @Test
  void partsGrowWithTheRunAndLoseNothing() {
    int seconds = 3600;
    for (int second = 0; second < seconds; second++) {
      gaps.add(START + second * 1_000_000L, second);
    }

    assertThat(gaps.partUs()).isEqualTo(50_000L << 10);
    assertThat(gaps.between(0, 127).count()).isEqualTo(seconds);
    assertThat(gaps.between(0, 127).maxMs()).isEqualTo((seconds - 1) / 1000.0);
  }

  @Test
  void aPartHasTheGapsThatCameInIt() {
    gaps.add(START + 49_999, 1);
    gaps.add(START + 50_000, 2);
    gaps.add(START + 100_000, 3);

    assertThat(gaps.between(1, 1).count()).isEqualTo(1);
    assertThat(gaps.between(1, 1).maxMs()).isEqualTo(0.002);
    assertThat(gaps.between(5, 9).count()).isZero();

    gaps.reach(START + 6_400_000);
    assertThat(gaps.partUs()).isEqualTo(100_000);
    assertThat(gaps.between(0, 0).count()).isEqualTo(2);
    assertThat(gaps.between(1, 1).maxMs()).isEqualTo(0.003);
  }
}
