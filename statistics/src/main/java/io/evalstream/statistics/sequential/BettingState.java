package io.evalstream.statistics.sequential;

/**
 * Where a {@link Betting} stands.
 *
 * @param count of values so far
 * @param logProducts logarithm of the product of {@code 1 + λx}, by λ
 */
public record BettingState(long count, double[] logProducts) {

  /** Before the first value. */
  public static final BettingState START = new BettingState(0, new double[Betting.LAMBDAS.length]);
}
