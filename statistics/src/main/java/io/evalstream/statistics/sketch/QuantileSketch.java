package io.evalstream.statistics.sketch;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The distribution of non-negative integers: exact count, sum, sum of squares, smallest and
 * largest, and quantiles within {@link #RELATIVE_ACCURACY}. A value; merging makes a new one, and
 * neither order nor grouping of merges changes the result.
 *
 * @param count values, zeros included
 * @param zeroCount values that are zero
 * @param sum sum of the values; the largest long when they are more
 * @param squaresHigh upper 64 bits of the sum of the values' squares
 * @param squaresLow lower 64 bits of the same, unsigned
 * @param min smallest value; 0 when empty
 * @param max largest value; 0 when empty
 * @param binIndexes bins that hold anything, ascending
 * @param binCounts values in each of those bins
 */
public record QuantileSketch(
    long count,
    long zeroCount,
    long sum,
    long squaresHigh,
    long squaresLow,
    long min,
    long max,
    int[] binIndexes,
    long[] binCounts) {

  /** Largest relative error of a quantile. */
  public static final double RELATIVE_ACCURACY = 0.01;

  /** The sketch of no value. */
  public static final QuantileSketch EMPTY =
      new QuantileSketch(0, 0, 0, 0, 0, 0, 0, new int[0], new long[0]);

  /**
   * The sketch of the values that came after an earlier one of the same values; all of it is exact
   * but the smallest and the largest value, which are within {@link #RELATIVE_ACCURACY}.
   *
   * @throws IllegalArgumentException when the other one holds values that this one does not
   */
  public QuantileSketch since(QuantileSketch earlier) {
    long zeros = zeroCount - earlier.zeroCount;
    int[] indexes = new int[binIndexes.length];
    long[] counts = new long[binIndexes.length];
    int bins = 0;
    int from = 0;
    long left = zeros;
    for (int bin = 0; bin < binIndexes.length; bin++) {
      boolean both =
          from < earlier.binIndexes.length && earlier.binIndexes[from] == binIndexes[bin];
      long more = binCounts[bin] - (both ? earlier.binCounts[from++] : 0);
      if (more < 0) {
        throw notEarlier();
      }
      if (more > 0) {
        indexes[bins] = binIndexes[bin];
        counts[bins++] = more;
      }
      left += more;
    }
    if (from < earlier.binIndexes.length || zeros < 0) {
      throw notEarlier();
    }
    if (left == 0) {
      return EMPTY;
    }
    boolean onlyZeros = bins == 0;
    long borrow = Long.compareUnsigned(squaresLow, earlier.squaresLow) < 0 ? 1 : 0;
    return new QuantileSketch(
        left,
        zeros,
        sum - earlier.sum,
        squaresHigh - earlier.squaresHigh - borrow,
        squaresLow - earlier.squaresLow,
        zeros > 0 ? 0 : clamped(indexes[0]),
        onlyZeros ? 0 : clamped(indexes[bins - 1]),
        Arrays.copyOf(indexes, bins),
        Arrays.copyOf(counts, bins));
  }

  private long clamped(int bin) {
    return Math.min(max, Math.max(min, Math.round(Bins.value(bin))));
  }

  private static IllegalArgumentException notEarlier() {
    return new IllegalArgumentException("The other sketch is no earlier state of this one");
  }

  /** The sketch of this one's values and the other's. */
  public QuantileSketch plus(QuantileSketch other) {
    if (other.count == 0) {
      return this;
    }
    if (count == 0) {
      return other;
    }
    int bins = distinctBins(binIndexes, other.binIndexes);
    int[] indexes = new int[bins];
    long[] counts = new long[bins];
    int left = 0;
    int right = 0;
    for (int next = 0; next < bins; next++) {
      boolean takeLeft =
          right == other.binIndexes.length
              || (left < binIndexes.length && binIndexes[left] <= other.binIndexes[right]);
      boolean takeRight =
          left == binIndexes.length
              || (right < other.binIndexes.length && other.binIndexes[right] <= binIndexes[left]);
      indexes[next] = takeLeft ? binIndexes[left] : other.binIndexes[right];
      if (takeLeft) {
        counts[next] += binCounts[left++];
      }
      if (takeRight) {
        counts[next] += other.binCounts[right++];
      }
    }
    long low = squaresLow + other.squaresLow;
    long carry = Long.compareUnsigned(low, squaresLow) < 0 ? 1 : 0;
    return new QuantileSketch(
        count + other.count,
        zeroCount + other.zeroCount,
        sum(sum, other.sum),
        squaresHigh + other.squaresHigh + carry,
        low,
        Math.min(min, other.min),
        Math.max(max, other.max),
        indexes,
        counts);
  }

  private static long sum(long one, long other) {
    return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
  }

  /** The sum of the values' squares. */
  public BigInteger sumOfSquares() {
    BigInteger low = BigInteger.valueOf(squaresLow >>> 1).shiftLeft(1);
    low = low.add(BigInteger.valueOf(squaresLow & 1));
    return BigInteger.valueOf(squaresHigh).shiftLeft(Long.SIZE).add(low);
  }

  /** The arithmetic mean; NaN when empty. */
  public double mean() {
    return (double) sum / count;
  }

  /**
   * The nearest-rank quantile: the value at rank {@code max(1, ceil(p · count))}, within {@link
   * #RELATIVE_ACCURACY} of it.
   *
   * @param p probability in 0..1
   * @return NaN when empty
   * @throws IllegalArgumentException when p is not in 0..1
   */
  public double quantile(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("A quantile is asked for in 0..1, not " + p);
    }
    return count == 0 ? Double.NaN : atRank(Math.max(1, (long) Math.ceil(p * count)));
  }

  /**
   * The value that has a rank in ascending order, within {@link #RELATIVE_ACCURACY} of it.
   *
   * @param rank from 1 for the smallest to {@code count} for the largest
   * @throws IllegalArgumentException when there is no such rank
   */
  public double atRank(long rank) {
    if (rank < 1 || rank > count) {
      throw new IllegalArgumentException("Of " + count + " values none has rank " + rank);
    }
    long seen = zeroCount;
    if (rank <= seen) {
      return 0;
    }
    for (int bin = 0; bin < binIndexes.length; bin++) {
      seen += binCounts[bin];
      if (rank <= seen) {
        double value = Bins.value(binIndexes[bin]);
        return Math.min((double) max, Math.max((double) min, value));
      }
    }
    return max;
  }

  private static int distinctBins(int[] left, int[] right) {
    int distinct = 0;
    int l = 0;
    int r = 0;
    while (l < left.length && r < right.length) {
      int compared = Integer.compare(left[l], right[r]);
      l += compared <= 0 ? 1 : 0;
      r += compared >= 0 ? 1 : 0;
      distinct++;
    }
    return distinct + (left.length - l) + (right.length - r);
  }
}
