package io.evalstream.statistics.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PairedDifferenceTest {

  private static final double CONFIDENCE = 0.95;

  @Property(tries = 300)
  void theTestIsThatOfAllSignFlips(@ForAll("differences") double[] differences) {
    PairedDifference compared = PairedDifference.of(differences, CONFIDENCE, 1);

    assertThat(compared.pGreater()).isEqualTo(bruteForce(differences, 0));
    assertThat(compared.pTwoSided())
        .isEqualTo(
            Math.min(
                1, 2 * Math.min(bruteForce(differences, 0), bruteForce(negated(differences), 0))));
  }

  @Property(tries = 300)
  void theIntervalHoldsWhatTheTestDoesNotRefuse(@ForAll("differences") double[] differences) {
    PairedDifference compared = PairedDifference.of(differences, CONFIDENCE, 1);
    double level = (1 - CONFIDENCE) / 2;

    if (Double.isInfinite(compared.low())) {
      assertThat(differences.length).isLessThan(6);
    } else {
      assertThat(bruteForce(differences, compared.low() + 1e-9)).isGreaterThan(level);
      assertThat(bruteForce(differences, compared.low() - 1e-9)).isLessThanOrEqualTo(level);
      assertThat(bruteForce(negated(differences), -compared.high() + 1e-9)).isGreaterThan(level);
      assertThat(bruteForce(negated(differences), -compared.high() - 1e-9))
          .isLessThanOrEqualTo(level);
    }
    assertThat(compared.mean()).isBetween(compared.low(), compared.high());
  }

  @Property(tries = 300)
  void swappedSeriesGiveTheMirrorImage(@ForAll("differences") double[] differences) {
    PairedDifference there = PairedDifference.of(differences, CONFIDENCE, 1);
    PairedDifference back = PairedDifference.of(negated(differences), CONFIDENCE, 1);

    assertThat(back.mean()).isEqualTo(0 - there.mean());
    assertThat(back.low()).isEqualTo(0 - there.high());
    assertThat(back.high()).isEqualTo(0 - there.low());
    assertThat(back.pTwoSided()).isEqualTo(there.pTwoSided());
  }

  @Test
  void manyPairsAreTestedBySeededFlips() {
    SplittableRandom random = new SplittableRandom(1);
    double[] slower = random.doubles(60, 0.9, 1.2).map(Math::log).toArray();
    double[] centred = Arrays.stream(slower).map(d -> d - mean(slower)).toArray();

    PairedDifference found = PairedDifference.of(slower, CONFIDENCE, 7);

    assertThat(found.pGreater()).isLessThan(0.001);
    assertThat(found.low()).isPositive();
    assertThat(found).isEqualTo(PairedDifference.of(slower, CONFIDENCE, 7));
    assertThat(PairedDifference.of(centred, CONFIDENCE, 7).pTwoSided()).isGreaterThan(0.9);
    double t = 2 * deviation(slower) / Math.sqrt(60);
    assertThat(found.high() - found.low()).isCloseTo(2 * t, within(0.2 * t));
  }

  /** The level is held exactly: of equal servers, 1% of all sign patterns at most alarm. */
  @Test
  void theLevelIsHeld() {
    double[] sizes = new SplittableRandom(3).doubles(10, 0.1, 1).toArray();
    int alarms = 0;
    for (int signs = 0; signs < 1024; signs++) {
      double[] differences = flipped(sizes, signs);
      alarms += PairedDifference.of(differences, CONFIDENCE, 1).pGreater() <= 0.01 ? 1 : 0;
    }

    assertThat(alarms).isEqualTo(10);
  }

  @Test
  void nothingCannotBeCompared() {
    assertThatThrownBy(() -> PairedDifference.of(new double[0], CONFIDENCE, 1))
        .hasMessageContaining("at least one pair");
    assertThatThrownBy(() -> PairedDifference.of(new double[1], 1, 1))
        .hasMessageContaining("confidence is 1.0");
  }

  /** Integers, so that sums are exact and ties are ties. */
  @Provide
  Arbitrary<double[]> differences() {
    return Arbitraries.integers()
        .between(-40, 60)
        .map(Integer::doubleValue)
        .array(Double[].class)
        .ofMinSize(1)
        .ofMaxSize(11)
        .map(values -> Arrays.stream(values).mapToDouble(Double::doubleValue).toArray());
  }

  /** Of all sign-flips of the distances from a centre, those whose sum is as large as it is. */
  private static double bruteForce(double[] differences, double centre) {
    double[] from = Arrays.stream(differences).map(d -> d - centre).toArray();
    double observed = Arrays.stream(from).sum();
    int all = 1 << from.length;
    int asLarge = 0;
    for (int signs = 0; signs < all; signs++) {
      asLarge += Arrays.stream(flipped(from, signs)).sum() >= observed - 1e-11 ? 1 : 0;
    }
    return (double) asLarge / all;
  }

  private static double[] flipped(double[] values, int signs) {
    double[] flipped = values.clone();
    for (int i = 0; i < flipped.length; i++) {
      flipped[i] *= (signs >> i & 1) == 0 ? 1 : -1;
    }
    return flipped;
  }

  private static double[] negated(double[] values) {
    return Arrays.stream(values).map(d -> 0 - d).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    return Math.sqrt(
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1));
  }
}
