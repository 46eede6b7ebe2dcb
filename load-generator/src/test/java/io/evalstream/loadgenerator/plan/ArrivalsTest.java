package io.evalstream.loadgenerator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalsTest {

  private static final double UNLIMITED = Double.POSITIVE_INFINITY;

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.8, 2.5, 20})
  void gapsAreGammaDistributedAndEndOnTime(double burstiness) {
    int count = 40_000;
    long[] offsets = new Arrivals(100, burstiness, null).offsetsNanos(count, new SeededRandom(11));
    double[] gaps =
        IntStream.range(0, count)
            .mapToDouble(i -> (offsets[i] - (i == 0 ? 0 : offsets[i - 1])) / 1e9)
            .toArray();
    double mean = IntStream.range(0, count).mapToDouble(i -> gaps[i]).average().orElseThrow();
    double second =
        IntStream.range(0, count).mapToDouble(i -> Math.pow(gaps[i] - mean, 2)).sum() / count;
    double third =
        IntStream.range(0, count).mapToDouble(i -> Math.pow(gaps[i] - mean, 3)).sum() / count;

    assertThat(offsets).isSorted();
    assertThat(offsets[count - 1] / 1e9).isCloseTo(count / 100.0, within(1e-6));
    assertThat(Math.sqrt(second) / mean)
        .as("coefficient of variation, 1/√shape")
        .isCloseTo(1 / Math.sqrt(burstiness), within(0.03 / Math.sqrt(burstiness)));
    assertThat(third / Math.pow(second, 1.5))
        .as("skewness, 2/√shape")
        .isCloseTo(2 / Math.sqrt(burstiness), within(0.25 / Math.min(1, Math.sqrt(burstiness))));
  }

  @Test
  void aLinearRampUpGrowsByTheSameAmount() {
    RampUp ramp = new RampUp(RampUp.Strategy.LINEAR, 1, 5);

    assertThat(IntStream.range(0, 5).mapToDouble(i -> ramp.rate(i, 5)))
        .containsExactly(1.0, 2.0, 3.0, 4.0, 5.0);
    assertThat(
            new Arrivals(UNLIMITED, Double.POSITIVE_INFINITY, ramp)
                .offsetsNanos(3, new SeededRandom(0)))
        .as("after 1, 1/3 and 1/5 of a second")
        .containsExactly(1_000_000_000L, 1_333_333_333L, 1_533_333_333L);
  }

  @Test
  void anExponentialRampUpGrowsByTheSameFactor() {
    RampUp ramp = new RampUp(RampUp.Strategy.EXPONENTIAL, 1, 16);

    assertThat(IntStream.range(0, 5).mapToDouble(i -> ramp.rate(i, 5)).toArray())
        .containsExactly(new double[] {1, 2, 4, 8, 16}, within(1e-9));
  }

  @Test
  void oneRequestIsARampUp() {
    assertThat(new RampUp(RampUp.Strategy.LINEAR, 2, 4).rate(0, 1)).isEqualTo(2);
  }

  @Test
  void badItemsAreNamed() {
    assertThatThrownBy(() -> new Arrivals(1, 0, null)).hasMessageContaining("burstiness is 0.0");
    assertThatThrownBy(() -> new RampUp(RampUp.Strategy.LINEAR, 0, 4))
        .hasMessageContaining("ramp-up-start-rps is 0.0");
    assertThatThrownBy(() -> new RampUp(RampUp.Strategy.LINEAR, 8, 4))
        .hasMessageContaining("ramp-up-start-rps is 8.0");
    assertThatThrownBy(() -> RampUp.Strategy.named("steep"))
        .hasMessage("ramp-up-strategy 'steep' is not known: use one of linear, exponential");
    RampUp ramp = new RampUp(RampUp.Strategy.LINEAR, 1, 4);
    assertThatThrownBy(() -> new Arrivals(3, 1, ramp)).hasMessageContaining("request-rate is 3.0");
  }
}
