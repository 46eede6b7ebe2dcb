package io.evalstream.statistics.sequential;

/**
 * Where a {@link SpendingTest} stands.
 *
 * @param seen items so far, those without a coin included
 * @param worse coins that fell against the candidate
 * @param better coins that fell for it
 * @param alarmedAt the item at which the test alarmed, from 1 on; 0 when it has not
 * @param spent how likely an alarm was up to here with fair coins
 * @param first how many coins fell against the candidate on the paths of the first share
 * @param alive shares of the paths of fair coins that have not alarmed, by the number of coins that
 *     fell against the candidate; never changed once it is here
 */
public record SpendingState(
    int seen, int worse, int better, int alarmedAt, double spent, int first, double[] alive) {

  /** Before the first item. */
  public static final SpendingState START = new SpendingState(0, 0, 0, 0, 0, 0, new double[] {1});
}
