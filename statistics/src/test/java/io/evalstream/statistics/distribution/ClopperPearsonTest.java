package io.evalstream.statistics.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ClopperPearsonTest {

  /** At the bound, as many successes or more have exactly the probability that was allowed. */
  @Property(tries = 200)
  void theBoundIsWhereTheBinomialTailIsWhatIsLeft(
      @ForAll @IntRange(min = 1, max = 80) int trials,
      @ForAll @IntRange(min = 0, max = 80) int successes) {
    int seen = 1 + successes % trials;

    double bound = ClopperPearson.lower(seen, trials, 0.95);

    assertThat(tail(seen, trials, bound)).isCloseTo(0.05, within(1e-9));
    assertThat(ClopperPearson.upper(trials - seen, trials, 0.95))
        .isCloseTo(1 - bound, within(1e-12));
  }

  /** All of n trials: the bound is the n-th root. */
  @Test
  void knownValues() {
    assertThat(ClopperPearson.lower(59, 59, 0.95))
        .isCloseTo(Math.pow(0.05, 1.0 / 59), within(1e-12));
    assertThat(ClopperPearson.lower(100_000, 100_000, 0.99))
        .isCloseTo(Math.pow(0.01, 1e-5), within(1e-12));
    assertThat(ClopperPearson.lower(0, 10, 0.95)).isZero();
    assertThat(ClopperPearson.upper(10, 10, 0.95)).isEqualTo(1);
  }

  @Test
  void badNumbersAreNamed() {
    assertThatThrownBy(() -> ClopperPearson.lower(3, 2, 0.9)).hasMessageContaining("3 of 2 trials");
    assertThatThrownBy(() -> ClopperPearson.upper(1, 2, 0)).hasMessageContaining("confidence is 0");
  }

  private static double tail(int from, int trials, double probability) {
    BigDecimal p = BigDecimal.valueOf(probability);
    BigDecimal q = BigDecimal.ONE.subtract(p);
    BigDecimal sum = BigDecimal.ZERO;
    for (int k = from; k <= trials; k++) {
      BigDecimal term =
          new BigDecimal(choose(trials, k))
              .multiply(p.pow(k, MathContext.DECIMAL128))
              .multiply(q.pow(trials - k, MathContext.DECIMAL128));
      sum = sum.add(term);
    }
    return sum.doubleValue();
  }

  private static BigInteger choose(int n, int k) {
    BigInteger value = BigInteger.ONE;
    for (int i = 1; i <= k; i++) {
      value = value.multiply(BigInteger.valueOf(n - k + i)).divide(BigInteger.valueOf(i));
    }
    return value;
  }
}
