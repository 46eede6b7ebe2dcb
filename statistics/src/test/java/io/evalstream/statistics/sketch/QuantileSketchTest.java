package io.evalstream.statistics.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QuantileSketchTest {

  private static final long SEED = 20260131;

  /** Floating point may put a value that lies on a bin's border into the neighbour. */
  private static final double TOLERANCE = QuantileSketch.RELATIVE_ACCURACY + 1e-9;

  @Property
  void mergedEqualsUnmerged(@ForAll("values") long[] left, @ForAll("values") long[] right) {
    QuantileSketch whole = sketch(LongStream.concat(Arrays.stream(left), Arrays.stream(right)));

    assertSame(sketch(Arrays.stream(left)).plus(sketch(Arrays.stream(right))), whole);
    assertSame(sketch(Arrays.stream(right)).plus(sketch(Arrays.stream(left))), whole);
  }

  @Property
  void whatCameSinceIsThatOfItsOwnValues(
      @ForAll("values") long[] before,
      @ForAll("values") long[] after,
      @ForAll @DoubleRange(min = 0, max = 1) double p) {
    QuantileSketch earlier = sketch(Arrays.stream(before));
    QuantileSketch alone = sketch(Arrays.stream(after));

    QuantileSketch since = earlier.plus(alone).since(earlier);

    assertThat(since.count()).isEqualTo(alone.count());
    assertThat(since.zeroCount()).isEqualTo(alone.zeroCount());
    assertThat(since.sum()).isEqualTo(alone.sum());
    assertThat(since.sumOfSquares()).isEqualTo(alone.sumOfSquares());
    assertThat(since.binIndexes()).isEqualTo(alone.binIndexes());
    assertThat(since.binCounts()).isEqualTo(alone.binCounts());
    if (alone.count() > 0) {
      double exact = alone.quantile(p);
      assertThat(since.quantile(p))
          .isCloseTo(exact, within(2 * TOLERANCE * exact + (exact > 0 ? 0.5 : 0)));
    }
  }

  @Test
  void whatIsNoEarlierStateIsRefused() {
    QuantileSketch one = sketch(LongStream.of(5, 5, 0));

    for (long[] other : new long[][] {{5, 5, 5}, {9}, {0, 0}, {1}}) {
      assertThatThrownBy(() -> one.since(sketch(LongStream.of(other))))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Property
  void quantilesAreNearestRankWithinTheAccuracy(
      @ForAll("values") long[] values, @ForAll @DoubleRange(min = 0, max = 1) double p) {
    assertAccurate(values, p);
  }

  @Property
  void anArrayIsItsValuesOneByOne(@ForAll int[] any, @ForAll boolean large) {
    int[] values = Arrays.stream(any).map(value -> large ? value >>> 1 : value >>> 16).toArray();
    int from = values.length / 3;
    SketchAccumulator oneByOne = new SketchAccumulator();
    SketchAccumulator together = new SketchAccumulator();
    for (int round = 0; round < 2; round++) {
      Arrays.stream(values, from, values.length).forEach(oneByOne::accept);
      together.accept(values, from, values.length);
    }

    assertSame(together.snapshot(), oneByOne.snapshot());
  }

  @Test
  void anArrayWithANegativeValueIsRefusedAsAWhole() {
    SketchAccumulator accumulator = new SketchAccumulator();

    assertThatThrownBy(() -> accumulator.accept(new int[] {1, -2, 3}, 0, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A sketch takes values and counts from 0 on, not -2");
    assertSame(accumulator.snapshot(), QuantileSketch.EMPTY);
  }

  @Property
  void sumsAreExact(@ForAll("values") long[] values) {
    QuantileSketch sketch = sketch(Arrays.stream(values));
    BigInteger squares = BigInteger.ZERO;
    for (long value : values) {
      squares = squares.add(BigInteger.valueOf(value).pow(2));
    }

    assertThat(sketch.sum()).isEqualTo(Arrays.stream(values).sum());
    assertThat(sketch.sumOfSquares()).isEqualTo(squares);
  }

  @Provide
  Arbitrary<long[]> values() {
    Arbitrary<Long> value =
        Arbitraries.oneOf(
            Arbitraries.longs().between(0, 3),
            Arbitraries.longs().between(1_000, 100_000),
            Arbitraries.longs().between(0, 3_600_000_000L));
    return value.array(long[].class).ofMinSize(0).ofMaxSize(400);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void hostileInputsKeepTheAccuracy(String name, long[] values) {
    for (double p : new double[] {0, 0.001, 0.01, 0.25, 0.5, 0.9, 0.95, 0.98, 0.99, 0.999, 1}) {
      assertAccurate(values, p);
    }
  }

  static Stream<Arguments> hostile() {
    Random random = new Random(SEED);
    return Stream.of(
        Arguments.of("one value", new long[] {10_000}),
        Arguments.of("one value many times", LongStream.generate(() -> 777).limit(9_999).toArray()),
        Arguments.of(
            "two clusters ten decades apart",
            LongStream.concat(
                    LongStream.generate(() -> 1 + random.nextInt(3)).limit(5_000),
                    LongStream.generate(() -> 20_000_000_000L + random.nextInt(1_000)).limit(5_000))
                .toArray()),
        Arguments.of("ties", LongStream.range(0, 10_000).map(i -> 100 + i % 3).toArray()),
        Arguments.of("zeros", LongStream.range(0, 10_000).map(i -> i < 9_900 ? 0 : i).toArray()),
        Arguments.of("only zeros", new long[500]),
        Arguments.of(
            "one percent of stalls",
            LongStream.range(0, 100_000)
                .map(i -> i % 100 == 0 ? 2_000_000 : 9_500 + random.nextInt(1_000))
                .toArray()));
  }

  @Test
  void theOrderOfMergesDoesNotMatter() {
    Random random = new Random(SEED);
    QuantileSketch[] parts = new QuantileSketch[64];
    Arrays.setAll(parts, i -> sketch(random.longs(random.nextInt(200), 0, 1L << 40)));
    QuantileSketch forwards =
        Arrays.stream(parts).reduce(QuantileSketch.EMPTY, QuantileSketch::plus);

    java.util.Collections.shuffle(Arrays.asList(parts), random);

    assertSame(Arrays.stream(parts).reduce(QuantileSketch.EMPTY, QuantileSketch::plus), forwards);
  }

  @Test
  void aCountedValueIsThatManyValues() {
    SketchAccumulator counted = new SketchAccumulator();
    counted.accept(3_000_000_000L, 1_000);
    SketchAccumulator single = new SketchAccumulator();
    for (int i = 0; i < 1_000; i++) {
      single.accept(3_000_000_000L);
    }

    assertSame(counted.snapshot(), single.snapshot());
  }

  @Test
  void clearedIsNew() {
    SketchAccumulator accumulator = new SketchAccumulator();
    accumulator.accept(5);
    accumulator.accept(0);
    accumulator.clear();

    assertSame(accumulator.snapshot(), QuantileSketch.EMPTY);
    assertThat(accumulator.snapshot().quantile(0.5)).isNaN();
  }

  @Test
  void refusesWhatItCannotHold() {
    SketchAccumulator accumulator = new SketchAccumulator();

    assertThatThrownBy(() -> accumulator.accept(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> QuantileSketch.EMPTY.quantile(1.5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static QuantileSketch sketch(LongStream values) {
    SketchAccumulator accumulator = new SketchAccumulator();
    values.forEach(accumulator::accept);
    return accumulator.snapshot();
  }

  private static void assertAccurate(long[] values, double p) {
    QuantileSketch sketch = sketch(Arrays.stream(values));
    if (values.length == 0) {
      assertThat(sketch.quantile(p)).isNaN();
      return;
    }
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    double truth = sorted[(int) Math.max(1, Math.ceil(p * sorted.length)) - 1];

    assertThat(sketch.quantile(p)).isCloseTo(truth, within(truth * TOLERANCE));
  }

  private static void assertSame(QuantileSketch actual, QuantileSketch expected) {
    assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
  }
}
