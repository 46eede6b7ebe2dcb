package io.evalstream.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** E-processes: their expectation under what they refuse is at most 1, over all outcomes. */
class EvidenceProcessesTest {

  private static final int LENGTH = 8;

  @Test
  void fairCoinsAreExpectedToGiveOne() {
    for (int length = 0; length <= LENGTH; length++) {
      double mean = 0;
      for (int path = 0; path < 1 << length; path++) {
        int worse = Integer.bitCount(path);
        mean += Math.exp(FairCoin.logE(worse, length - worse)) / (1 << length);
      }
      assertThat(mean).isCloseTo(1, within(1e-12));
    }
  }

  /** By the formula as it is written, without logarithms. */
  @Test
  void theMixtureOverCoinsIsTheFormula() {
    double[] thetas = {.55, .58, .62, .67, .73, .80, .88, .95};
    double mean = 0;
    for (double theta : thetas) {
      mean += Math.pow(2 * theta, 30) * Math.pow(2 - 2 * theta, 12) / thetas.length;
    }

    assertThat(Math.exp(FairCoin.logE(30, 12))).isCloseTo(mean, within(1e-9 * mean));
  }

  /** Over all sequences of three values whose mean is the bound or below it. */
  @Property(tries = 40)
  void bettingIsExpectedToGiveAtMostOne(
      @ForAll @DoubleRange(min = -0.9, max = 0.9) double bound,
      @ForAll @DoubleRange(min = 0, max = 0.5) double below,
      @ForAll @DoubleRange(min = 0, max = 1) double spread) {
    double mean = Math.max(-1, bound - below);
    double up = mean + spread * (1 - mean);
    double down = mean - spread * (1 + mean);
    double pUp = up > down ? (mean - down) / (up - down) : 1;
    double expected = expectation(new Betting(), bound, new double[] {up, down}, pUp, 7);

    assertThat(expected).isLessThanOrEqualTo(1 + 1e-9);
    if (below == 0) {
      assertThat(expected).isCloseTo(1, within(1e-9));
    }
  }

  private static double expectation(
      Betting soFar, double bound, double[] values, double pFirst, int left) {
    if (left == 0) {
      return Math.exp(soFar.logE(bound));
    }
    Betting first = new Betting(soFar.state());
    first.observe(Math.max(-1, Math.min(1, values[0])));
    Betting second = new Betting(soFar.state());
    second.observe(Math.max(-1, Math.min(1, values[1])));
    return pFirst * expectation(first, bound, values, pFirst, left - 1)
        + (1 - pFirst) * expectation(second, bound, values, pFirst, left - 1);
  }

  /** At the bound 0 it is the published grid's product, multiplied out. */
  @Property(tries = 100)
  void bettingIsTheFormula(
      @ForAll @Size(max = 40) List<@DoubleRange(min = -1, max = 1) Double> values,
      @ForAll @DoubleRange(min = -0.5, max = 0.5) double bound) {
    double[] lambdas = {.02, .05, .1, .2, .3, .5, .7, .9};
    double mean = 0;
    Betting betting = new Betting();
    for (double lambda : lambdas) {
      double product = 1;
      double bet = lambda / (1 + lambda * bound);
      assertThat(bet).isLessThan(1 / (1 + bound));
      for (double value : values) {
        product *= 1 + bet * (value - bound);
      }
      mean += product / lambdas.length;
    }
    values.forEach(betting::observe);

    assertThat(Math.exp(betting.logE(bound))).isCloseTo(mean, within(1e-9 * mean));
  }

  @Property(tries = 100)
  void theLowerBoundIsWhereTheEvidenceBegins(
      @ForAll @Size(min = 1, max = 200) List<@DoubleRange(min = -0.2, max = 1) Double> values) {
    Betting betting = new Betting();
    values.forEach(betting::observe);
    double bound = betting.lowerBound(0.05);

    if (bound > -1) {
      assertThat(betting.logE(bound - 1e-6)).isGreaterThanOrEqualTo(Math.log(20));
    }
    assertThat(betting.logE(Math.min(1, bound + 1e-6))).isLessThan(Math.log(20));
  }

  @Test
  void failuresAtTheObjectiveAreExpectedToGiveOneAtMost() {
    for (double objective : new double[] {0.001, 0.01, 0.05, 0.2, 0.45}) {
      ToDoubleFunction<Integer> above =
          failures -> FailureRate.logEAbove(failures, LENGTH - failures, objective);
      ToDoubleFunction<Integer> below =
          failures -> FailureRate.logEBelow(failures, LENGTH - failures, objective);
      assertThat(binomial(objective, above)).isCloseTo(1, within(1e-12));
      assertThat(binomial(objective, below)).isCloseTo(1, within(1e-12));
      assertThat(binomial(objective / 2, above)).isLessThan(1);
      assertThat(binomial((1 + objective) / 2, below)).isLessThan(1);
    }
  }

  private static double binomial(double rate, ToDoubleFunction<Integer> logE) {
    double mean = 0;
    for (int path = 0; path < 1 << LENGTH; path++) {
      int failures = Integer.bitCount(path);
      double probability = Math.pow(rate, failures) * Math.pow(1 - rate, LENGTH - failures);
      mean += probability * Math.exp(logE.applyAsDouble(failures));
    }
    return mean;
  }

  @Property(tries = 50)
  void bettingGoesOnFromItsState(
      @ForAll @Size(min = 1, max = 60) List<@DoubleRange(min = -1, max = 1) Double> values,
      @ForAll @IntRange(min = 0, max = 59) int cut) {
    Betting whole = new Betting();
    Betting parts = new Betting();
    for (int i = 0; i < values.size(); i++) {
      parts = i == cut ? new Betting(parts.state()) : parts;
      whole.observe(values.get(i));
      parts.observe(values.get(i));
    }

    assertThat(parts.state()).usingRecursiveComparison().isEqualTo(whole.state());
  }

  @Test
  void valuesAreChecked() {
    assertThatThrownBy(() -> new Betting().observe(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Betting().observe(1.01)).hasMessageContaining("1.01");
    assertThatThrownBy(() -> FailureRate.logEAbove(0, 0, 0.5)).hasMessageContaining("0.5");
  }
}
