package io.evalstream.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyDistributionTest {
  private static final int DRAWS = 20_000;

  @ParameterizedTest
  @ValueSource(
      strings = {"constant:10ms", "normal:10ms,2ms", "lognormal:250us,0.3", "pareto:10ms,2.5"})
  void textComesBackAsRead(String text) {
    assertThat(LatencyDistribution.parse("item", text)).hasToString(text);
  }

  @Test
  void bareDurationIsConstant() {
    assertThat(LatencyDistribution.parse("item", "10ms"))
        .isEqualTo(new LatencyDistribution.Constant(10_000_000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "weibull:1ms,2|unknown distribution \"weibull\"; use constant, normal, lognormal or pareto",
        "normal:10ms|must look like normal:10ms,2ms",
        "normal:10ms,2|\"2\" is not a duration",
        "lognormal:10ms,x|\"x\" is not a number",
        "lognormal:10ms,-1|between 0 and 5",
        "pareto:10ms,1|above 1",
        "constant:|is not a duration"
      })
  void refusesWithTheItemAndWhatToDo(String text, String reason) {
    assertThatThrownBy(() -> LatencyDistribution.parse("inter-token-latency", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("inter-token-latency")
        .hasMessageContaining(reason);
  }

  @Test
  void refusesAnEmptyText() {
    assertThatThrownBy(() -> LatencyDistribution.parse("inter-token-latency", " "))
        .hasMessage("inter-token-latency is empty; give it as in constant:10ms");
  }

  @Property(tries = 25, seed = "20261124")
  void normalHasItsMeanAndDeviation(
      @ForAll @IntRange(min = 1_000, max = 100_000) int meanMicros, @ForAll long seed) {
    long[] draws = draws("normal:%dus,%dus".formatted(meanMicros, meanMicros / 5), seed);
    double mean = Arrays.stream(draws).average().orElseThrow() / 1e3;
    double variance = Arrays.stream(draws).mapToDouble(d -> sq(d / 1e3 - mean)).sum() / DRAWS;

    assertThat(mean).isCloseTo(meanMicros, within(meanMicros * 0.01));
    assertThat(Math.sqrt(variance)).isCloseTo(meanMicros / 5.0, within(meanMicros * 0.01));
  }

  @Property(tries = 25, seed = "20261124")
  void logNormalHasItsQuantiles(
      @ForAll @IntRange(min = 1_000, max = 100_000) int medianMicros,
      @ForAll @DoubleRange(min = 0.1, max = 1) double sigma,
      @ForAll long seed) {
    long[] draws = draws("lognormal:%dus,%s".formatted(medianMicros, sigma), seed);

    assertThat(quantile(draws, 0.5)).isCloseTo(medianMicros, within(medianMicros * sigma * 0.05));
    double p84 = medianMicros * Math.exp(sigma);
    assertThat(quantile(draws, 0.8413)).isCloseTo(p84, within(p84 * sigma * 0.06));
  }

  @Property(tries = 25, seed = "20261124")
  void paretoHasItsTail(
      @ForAll @IntRange(min = 1_000, max = 100_000) int minimumMicros,
      @ForAll @DoubleRange(min = 1.5, max = 5) double shape,
      @ForAll long seed) {
    long[] draws = draws("pareto:%dus,%s".formatted(minimumMicros, shape), seed);

    assertThat(Arrays.stream(draws).min().orElseThrow())
        .isGreaterThanOrEqualTo(minimumMicros * 1_000L);
    double p99 = minimumMicros * Math.pow(100, 1 / shape);
    assertThat(quantile(draws, 0.99)).isCloseTo(p99, within(p99 * 0.4));
    double p50 = minimumMicros * Math.pow(2, 1 / shape);
    assertThat(quantile(draws, 0.5)).isCloseTo(p50, within(p50 * 0.05));
  }

  @Property
  void sameSeedGivesTheSameDraws(@ForAll long seed) {
    assertThat(draws("lognormal:10ms,0.5", seed)).isEqualTo(draws("lognormal:10ms,0.5", seed));
  }

  @Property(tries = 20, seed = "20261124")
  void drawsAreNeverNegative(@ForAll long seed) {
    assertThat(Arrays.stream(draws("normal:1ms,10ms", seed)).min().orElseThrow()).isZero();
  }

  private static long[] draws(String text, long seed) {
    LatencyDistribution distribution = LatencyDistribution.parse("item", text);
    SplittableRandom random = new SplittableRandom(seed);
    long[] draws = new long[DRAWS];
    Arrays.setAll(draws, i -> distribution.drawNanos(random));
    return draws;
  }

  private static double quantile(long[] nanos, double fraction) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[(int) (fraction * sorted.length)] / 1e3;
  }

  private static double sq(double x) {
    return x * x;
  }
}
