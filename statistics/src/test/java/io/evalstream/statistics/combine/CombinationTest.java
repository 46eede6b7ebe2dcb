package io.evalstream.statistics.combine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CombinationTest {

  @Property
  void sharesAddUpToAlpha(@ForAll @IntRange(min = 0, max = 60) int parts) {
    AlphaShares shares = AlphaShares.of(0.01, parts);

    assertThat(shares.whole() + parts * shares.part()).isCloseTo(0.01, within(1e-15));
  }

  @Test
  void theWholeHasThreeTenths() {
    assertThat(AlphaShares.of(0.01, 8).whole()).isCloseTo(0.003, within(1e-15));
    assertThat(AlphaShares.of(0.01, 1)).isEqualTo(new AlphaShares(0.01, 0));
    assertThatThrownBy(() -> AlphaShares.of(0, 8)).hasMessageContaining("alpha is 0.0");
  }

  @Property
  void theMeanIsTheWeightedMean(
      @ForAll @Size(min = 1, max = 9) List<@DoubleRange(min = -9, max = 9) Double> logEs) {
    double[] values = logEs.stream().mapToDouble(v -> v).toArray();
    double[] weights = new double[values.length];
    Arrays.setAll(weights, i -> 1.0 + i);
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += weights[i] * Math.exp(values[i]);
    }
    double mean = sum / Arrays.stream(weights).sum();

    assertThat(Math.exp(EValues.logMean(values, weights))).isCloseTo(mean, within(1e-12 * mean));
    assertThat(EValues.alarm(values, weights, 0.01)).isEqualTo(mean >= 100);
  }

  /** By the definition: of every set, whether its smallest is at least K/(alpha·size). */
  @Property
  void discoveriesAreTheLargestSetThatSpeaksForItself(
      @ForAll @Size(min = 1, max = 8) List<@DoubleRange(min = -2, max = 9) Double> logEs) {
    double[] values = logEs.stream().mapToDouble(v -> v).toArray();
    int largest = 0;
    for (int set = 1; set < 1 << values.length; set++) {
      double smallest = Double.POSITIVE_INFINITY;
      for (int i = 0; i < values.length; i++) {
        smallest = (set >> i & 1) == 1 ? Math.min(smallest, values[i]) : smallest;
      }
      int size = Integer.bitCount(set);
      if (Math.exp(smallest) >= values.length / (0.05 * size)) {
        largest = Math.max(largest, size);
      }
    }
    int[] found = EValues.discoveries(values, 0.05);

    assertThat(found).hasSize(largest).doesNotHaveDuplicates();
    double[] sorted = Arrays.stream(values).sorted().toArray();
    for (int k = 0; k < found.length; k++) {
      assertThat(values[found[k]]).isEqualTo(sorted[sorted.length - 1 - k]);
    }
  }

  @Test
  void weightsAreChecked() {
    assertThatThrownBy(() -> EValues.logMean(new double[] {1}, new double[] {0}))
        .hasMessageContaining("add up to 0.0");
    assertThatThrownBy(() -> EValues.logMean(new double[] {1}, new double[] {-1}))
        .hasMessageContaining("-1.0");
  }
}
