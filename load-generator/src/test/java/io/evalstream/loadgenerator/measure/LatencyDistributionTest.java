package io.evalstream.loadgenerator.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
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

  @Property
  void countingKeepsEveryValue(
      @ForAll @Size(min = 1, max = 2000) List<@IntRange(max = 400_000) Integer> thirds,
      @ForAll @DoubleRange(max = 100) double p) {
    double[] values = thirds.stream().mapToDouble(value -> value / 3.0).toArray();
    LatencyDistribution counted = LatencyDistribution.of(values.clone());
    Arrays.sort(values);

    double rank = p / 100 * (values.length - 1);
    int below = (int) rank;
    int above = Math.min(below + 1, values.length - 1);
    double expected = values[below] + (values[above] - values[below]) * (rank - below);
    assertThat(counted.count()).isEqualTo(values.length);
    assertThat(counted.percentileMs(p)).isEqualTo(expected / 1000);
    assertThat(counted.meanMs())
        .isCloseTo(Arrays.stream(values).average().orElseThrow() / 1000, within(1e-9));
  }

  @Test
  void mergedItIsAsIfItWereOne() {
    LatencyDistribution merged =
        LatencyDistribution.merged(
            List.of(
                LatencyDistribution.of(1000, 2000, 500_000), LatencyDistribution.of(2000, 0.5)));

    assertThat(merged.count()).isEqualTo(5);
    assertThat(merged.percentileMs(0)).isEqualTo(0.0005);
    assertThat(merged.percentileMs(50)).isEqualTo(2);
    assertThat(merged.percentileMs(75)).isEqualTo(2);
    assertThat(merged.maxMs()).isEqualTo(500);
  }

  @Test
  void theDistanceIsUpOrDown() {
    LatencyDistribution distance = LatencyDistribution.of(9_000, 10_000, 12_000).distanceFrom(10);

    assertThat(distance.percentileMs(0)).isZero();
    assertThat(distance.medianMs()).isEqualTo(1);
    assertThat(distance.maxMs()).isEqualTo(2);
  }
}
