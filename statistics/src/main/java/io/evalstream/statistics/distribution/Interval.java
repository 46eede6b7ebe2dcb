package io.evalstream.statistics.distribution;

/**
 * Where a true figure is, at some confidence.
 *
 * @param lower negative infinity when nothing is known of it
 * @param upper infinity when nothing is known of it
 */
public record Interval(double lower, double upper) {

  /** Of a figure of which nothing is known. */
  public static final Interval UNKNOWN =
      new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** From so much below a figure to so much above it. */
  static Interval around(double figure, double halfWidth) {
    return new Interval(figure - halfWidth, figure + halfWidth);
  }
}
