package io.evalstream.loadgenerator.measure;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * What all values of a metric say together, exactly. Values in microseconds, answers in
 * milliseconds. Immutable. Of no values everything is 0, as in vllm/benchmarks/serve.py.
 */
public final class LatencyDistribution {

  /** Of no values. */
  public static final LatencyDistribution EMPTY = of();

  private static final double US_PER_MS = 1000;

  private final double[] valuesUs;
  private final long[] ends;

  /**
   * Takes both arrays over.
   *
   * @param valuesUs the different values, ascending
   * @param ends how many values there are up to and with each
   */
  LatencyDistribution(double[] valuesUs, long[] ends) {
    this.valuesUs = valuesUs;
    this.ends = ends;
  }

  /** Of these values in microseconds, in any order. */
  public static LatencyDistribution of(double... valuesUs) {
    Samples samples = new Samples();
    for (double value : valuesUs) {
      samples.add(value);
    }
    return samples.distribution();
  }

  /** Of the values of all of them together. */
  public static LatencyDistribution merged(List<LatencyDistribution> parts) {
    Samples samples = new Samples();
    parts.forEach(part -> part.into(samples, value -> value));
    return samples.distribution();
  }

  /** How far the values are from what they ought to be, up or down. */
  public LatencyDistribution distanceFrom(double truthMs) {
    double truthUs = truthMs * US_PER_MS;
    Samples samples = new Samples();
    into(samples, value -> Math.abs(value - truthUs));
    return samples.distribution();
  }

  /** How many values there are. */
  public long count() {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
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
    for (int i = 0; i < valuesUs.length; i++) {
      squares += (valuesUs[i] - mean) * (valuesUs[i] - mean) * times(i);
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
    long below = (long) Math.floor(rank);
    double lower = at(below);
    double upper = at(Math.min(below + 1, count() - 1));
    return (lower + (upper - lower) * (rank - below)) / US_PER_MS;
  }

  /** The value of a rank, from 0 on. */
  private double at(long rank) {
    int low = 0;
    int high = ends.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] > rank) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return valuesUs[low];
  }

  private void into(Samples samples, DoubleUnaryOperator change) {
    for (int i = 0; i < valuesUs.length; i++) {
      samples.add(change.applyAsDouble(valuesUs[i]), times(i));
    }
  }

  private long times(int i) {
    return i == 0 ? ends[0] : ends[i] - ends[i - 1];
  }

  private double meanUs() {
    double sum = 0;
    for (int i = 0; i < valuesUs.length; i++) {
      sum += valuesUs[i] * times(i);
    }
    return sum / count();
  }
}
