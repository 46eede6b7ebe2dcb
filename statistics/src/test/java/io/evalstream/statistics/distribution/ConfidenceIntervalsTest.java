package io.evalstream.statistics.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfidenceIntervalsTest {

  private static final double CONFIDENCE = 0.95;

  /** From printed tables of the t distribution. */
  @ParameterizedTest
  @CsvSource({
    "0.95, 1, 12.706",
    "0.95, 2, 4.303",
    "0.95, 10, 2.228",
    "0.99, 30, 2.750",
    "0.95, 100000000, 1.960"
  })
  void studentsT(double confidence, long degreesOfFreedom, double expected) {
    assertThat(ConfidenceIntervals.studentT(confidence, degreesOfFreedom))
        .isCloseTo(expected, within(5e-4));
  }

  /** From printed tables of order statistics of the median. */
  @ParameterizedTest
  @CsvSource({"6, 1, 6", "10, 2, 9", "20, 6, 15", "50, 18, 33"})
  void ranksOfAMediansInterval(long count, double lower, double upper) {
    assertThat(ConfidenceIntervals.quantile(count, 0.5, CONFIDENCE, rank -> (double) rank))
        .isEqualTo(new Interval(lower, upper));
  }

  @Test
  void fewValuesDoNotBoundAHighQuantile() {
    assertThat(ConfidenceIntervals.quantile(71, 0.95, CONFIDENCE, rank -> (double) rank).upper())
        .isInfinite();
    assertThat(ConfidenceIntervals.quantile(72, 0.95, CONFIDENCE, rank -> (double) rank).upper())
        .as("1 − 0.95^72 is the first above 0.975")
        .isEqualTo(72);
    assertThat(ConfidenceIntervals.quantile(1, 0.95, CONFIDENCE, rank -> (double) rank))
        .isEqualTo(Interval.UNKNOWN);
  }

  @Test
  void manyValuesCloseInOnAQuantile() {
    Interval ranks =
        ConfidenceIntervals.quantile(100_000_000, 0.95, CONFIDENCE, rank -> (double) rank);

    // 1.96 standard deviations of the binomial, 2179.4
    assertThat(ranks.lower()).isCloseTo(95_000_000 - 4_271.6, within(3.0));
    assertThat(ranks.upper()).isCloseTo(95_000_000 + 4_271.6, within(3.0));
  }

  @Test
  void aMeansIntervalIsStudents() {
    Interval interval = mean(4, 6, 8);

    // mean 6, standard deviation 2, t 4.3027 with two degrees of freedom
    assertThat(interval.lower()).isCloseTo(6 - 4.3027 * 2 / Math.sqrt(3), within(1e-3));
    assertThat(interval.upper()).isCloseTo(6 + 4.3027 * 2 / Math.sqrt(3), within(1e-3));
    assertThat(mean(5)).isEqualTo(Interval.UNKNOWN);
    assertThat(mean(1L << 40, 1L << 40))
        .as("equal values, however large, leave no room")
        .isEqualTo(new Interval(0x1p40, 0x1p40));
  }

  @Test
  void aShareOfNothingMayBeAnything() {
    assertThat(ConfidenceIntervals.share(0, 0, CONFIDENCE)).isEqualTo(new Interval(0, 1));
    assertThat(ConfidenceIntervals.share(10, 10, CONFIDENCE).lower())
        .isCloseTo(Math.pow(0.025, 0.1), within(1e-9));
  }

  /** 4,000 draws each; the share of misses has a standard error of 0.35 points. */
  @Test
  void intervalsMissAsOftenAsTheySay() {
    Random random = new Random(1);
    int quantileMisses = 0;
    int meanMisses = 0;
    int sumMisses = 0;
    for (int draw = 0; draw < 4_000; draw++) {
      long[] values = random.longs(200, 0, 1_000_000).sorted().toArray();
      Interval p95 =
          ConfidenceIntervals.quantile(
              200, 0.95, CONFIDENCE, rank -> (double) values[(int) rank - 1]);
      quantileMisses += p95.lower() > 950_000 || p95.upper() < 950_000 ? 1 : 0;
      Interval mean = mean(values);
      meanMisses += mean.lower() > 500_000 || mean.upper() < 500_000 ? 1 : 0;
      long[] poisson = random.longs(poisson(random, 100), 0, 1_000).toArray();
      Interval sum =
          ConfidenceIntervals.randomSum(
              poisson.length, (double) Arrays.stream(poisson).sum(), squares(poisson), CONFIDENCE);
      sumMisses += sum.lower() > 49_950 || sum.upper() < 49_950 ? 1 : 0;
    }

    assertThat(quantileMisses).isBetween(1, 200);
    assertThat(meanMisses).isBetween(150, 250);
    assertThat(sumMisses).isBetween(140, 270);
  }

  private static int poisson(Random random, double mean) {
    int events = 0;
    double at = -Math.log(1 - random.nextDouble());
    while (at < mean) {
      events++;
      at -= Math.log(1 - random.nextDouble());
    }
    return events;
  }

  private static Interval mean(long... values) {
    return ConfidenceIntervals.mean(
        values.length, Arrays.stream(values).sum(), squares(values), CONFIDENCE);
  }

  private static BigInteger squares(long... values) {
    return Arrays.stream(values)
        .mapToObj(value -> BigInteger.valueOf(value).pow(2))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
