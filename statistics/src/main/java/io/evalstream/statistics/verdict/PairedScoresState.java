package io.evalstream.statistics.verdict;

import io.evalstream.statistics.sequential.BettingState;
import io.evalstream.statistics.sequential.SpendingState;
import java.util.Map;

/**
 * Where {@link PairedScores} stand. A few hundred numbers, whatever the length of the run, and one
 * entry for each cluster that is not complete.
 *
 * @param seen items
 * @param invalid items with a score that cannot be
 * @param worse observations in which the candidate is worse
 * @param better observations in which it is better
 * @param sum of the differences of observations
 * @param alarmedAt item, 0 for none
 * @param provedAt item, 0 for none
 * @param spending of right and wrong answers of a known number
 * @param burst for the alarm of graded scores
 * @param lower for the lower end of the interval
 * @param upper for its upper end and the pass
 * @param open clusters that are not complete
 */
public record PairedScoresState(
    int seen,
    int invalid,
    int worse,
    int better,
    double sum,
    int alarmedAt,
    int provedAt,
    SpendingState spending,
    BettingState burst,
    BettingState lower,
    BettingState upper,
    Map<String, ClusterSum> open) {

  static final PairedScoresState START =
      new PairedScoresState(
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          SpendingState.START,
          BettingState.START,
          BettingState.START,
          BettingState.START,
          Map.of());
}
