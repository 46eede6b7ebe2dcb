package io.evalstream.loadgenerator.measure;

import java.util.Arrays;
import java.util.List;

/**
 * What all values of a metric say together, exactly. Values in microseconds, answers in
 * milliseconds. Immutable. Of no values everything is 0, as in vllm/benchmarks/serve.py.
 */
public final class LatencyDistribution {

  /** Of no values. */
  public static final LatencyDistribution EMPTY = new LatencyDistribution(new double[0]);

  private static final double US_PER_MS = 1000;

  private final double[] sortedUs;

  private LatencyDistribution(double[] sortedUs) {
    this.sortedUs = sortedUs;
  }

  /** Of these values in microseconds, in any order; the array is taken over. */
  public static LatencyDistribution of(double[] valuesUs) {
    Arrays.sort(valuesUs);
    return new LatencyDistribution(valuesUs);
  }

  /** Of the values of all of them together. */
  public static LatencyDistribution merged(List<LatencyDistribution> parts) {
    return of(parts.stream().flatMapToDouble(part -> Arrays.stream(part.sortedUs)).toArray());
  }

  /** How far the values are from what they ought to be, up or down. */
  public LatencyDistribution distanceFrom(double truthMs) {
    double truthUs = truthMs * US_PER_MS;
    return of(Arrays.stream(sortedUs).map(value -> Math.abs(value - truthUs)).toArray());
  }

  /** How many values there are. */
  public int count() {
    return sortedUs.length;
  }

  /** Their mean. */
  public double meanMs() {
    return count() == 0 ? 0 : meanUs() / US_PER_MS;
  }

  /** Their standard deviation, that of the population as numpy's. */
  public double stdMs() {
    if (count() == 0) {
      return 0;
    }
    double mean = meanUs();
    double squares = 0;
    for (double value : sortedUs) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / count()) / US_PER_MS;
  }

  /** The 50th percentile. */
  public double medianMs() {
    return percentileMs(50);
  }

  /** The largest value. */
  public double maxMs() {
    return percentileMs(100);
  }

  /**
   * A percentile by linear interpolation between the closest ranks, as numpy's.
   *
   * @param p from 0 to 100
   */
  public double percentileMs(double p) {
    if (!(p >= 0 && p <= 100)) {
      throw new IllegalArgumentException("percentile " + p + " is not from 0 to 100");
    }
    if (count() == 0) {
      return 0;
    }
    double rank = p / 100 * (count() - 1);
    int below = (int) Math.floor(rank);
    int above = Math.min(below + 1, count() - 1);
    double fraction = rank - below;
    return (sortedUs[below] + (sortedUs[above] - sortedUs[below]) * fraction) / US_PER_MS;
  }

  private double meanUs() {
    double sum = 0;
    for (double value : sortedUs) {
      sum += value;
    }
    return sum / count();
  }
}
