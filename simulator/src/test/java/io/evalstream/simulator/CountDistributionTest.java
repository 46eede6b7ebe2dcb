package io.evalstream.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountDistributionTest {
  private static final int DRAWS = 20_000;

  @ParameterizedTest
  @ValueSource(strings = {"constant:4", "uniform:1,4", "speculative:0.7,4", "lognormal:128,0.7"})
  void textComesBackAsRead(String text) {
    assertThat(CountDistribution.parse("item", text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "constant:0|1 or more",
        "constant:1.5|not a whole number",
        "uniform:4,1|not above the largest",
        "speculative:1.2,4|between 0 and 1",
        "speculative:0.5,0|between 1 and 1000",
        "lognormal:0,1|1 or more",
        "poisson:3|use constant, uniform, speculative or lognormal"
      })
  void refusesWithTheItemAndWhatToDo(String text, String reason) {
    assertThatThrownBy(() -> CountDistribution.parse("tokens-per-chunk", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("tokens-per-chunk")
        .hasMessageContaining(reason);
  }

  @Property(tries = 25, seed = "20261124")
  void uniformStaysInItsRangeAndHasItsMean(
      @ForAll @IntRange(min = 1, max = 10) int least,
      @ForAll @IntRange(min = 0, max = 10) int width,
      @ForAll long seed) {
    int[] draws = draws("uniform:%d,%d".formatted(least, least + width), seed);

    assertThat(IntStream.of(draws)).allMatch(draw -> draw >= least && draw <= least + width);
    assertThat(mean(draws)).isCloseTo(least + width / 2.0, within(0.15));
  }

  @Property(tries = 25, seed = "20261124")
  void speculativeAcceptsAPrefixOfTheDraft(
      @ForAll @DoubleRange(min = 0, max = 1) double acceptance,
      @ForAll @IntRange(min = 1, max = 8) int drafted,
      @ForAll long seed) {
    int[] draws = draws("speculative:%s,%d".formatted(acceptance, drafted), seed);
    double expected =
        1 + IntStream.rangeClosed(1, drafted).mapToDouble(k -> Math.pow(acceptance, k)).sum();

    assertThat(IntStream.of(draws)).allMatch(draw -> draw >= 1 && draw <= drafted + 1);
    assertThat(mean(draws)).isCloseTo(expected, within(0.15));
  }

  private static int[] draws(String text, long seed) {
    CountDistribution distribution = CountDistribution.parse("item", text);
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, DRAWS).map(i -> distribution.draw(random)).toArray();
  }

  private static double mean(int[] draws) {
    return IntStream.of(draws).average().orElseThrow();
  }
}
