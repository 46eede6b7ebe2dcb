package io.evalstream.loadgenerator.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatencyDistributionTest {

  private static final LatencyDistribution FIVE =
      LatencyDistribution.of(new double[] {5000, 1000, 3000, 2000, 10_000});

  @Test
  void percentilesAreThoseOfNumpy() {
    // numpy.percentile([1, 2, 3, 5, 10], [0, 10, 50, 95, 99, 100])
    assertThat(FIVE.percentileMs(0)).isEqualTo(1);
    assertThat(FIVE.percentileMs(10)).isCloseTo(1.4, within(1e-12));
    assertThat(FIVE.medianMs()).isEqualTo(3);
    assertThat(FIVE.percentileMs(95)).isCloseTo(9, within(1e-12));
    assertThat(FIVE.percentileMs(99)).isCloseTo(9.8, within(1e-12));
    assertThat(FIVE.maxMs()).isEqualTo(10);
  }

  @Test
  void meanAndDeviationAreThoseOfNumpy() {
    assertThat(FIVE.meanMs()).isCloseTo(4.2, within(1e-12));
    assertThat(FIVE.stdMs()).isCloseTo(3.1874754901018454, within(1e-12));
  }

  @Test
  void ofNothingEverythingIsZero() {
    LatencyDistribution none = LatencyDistribution.EMPTY;
    assertThat(none.count()).isZero();
    assertThat(none.meanMs()).isZero();
    assertThat(none.stdMs()).isZero();
    assertThat(none.percentileMs(99)).isZero();
  }

  @Test
  void blocksKeepEveryValue() {
    Samples samples = new Samples();
    for (long i = 1; i <= 50_000; i++) {
      samples.add(i * 1000);
    }

    assertThat(samples.distribution().count()).isEqualTo(50_000);
    assertThat(samples.distribution().maxMs()).isEqualTo(50_000);
    assertThat(samples.distribution().medianMs()).isEqualTo(25_000.5);
    assertThat(samples.sketch().quantile(0.5)).isCloseTo(25e6, within(0.25e6));
  }
}
