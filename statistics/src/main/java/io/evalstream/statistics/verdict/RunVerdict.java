package io.evalstream.statistics.verdict;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a release gets.
 *
 * @param decision the worst of its metrics'; passed only when every planned metric has passed
 * @param byMetric what each metric gets
 * @param alarming the metrics that say regressed, in the order of their names
 * @param reasons of the run as a whole
 * @param spent of the release's alpha by now
 */
public record RunVerdict(
    Decision decision,
    SortedMap<String, Decision> byMetric,
    List<String> alarming,
    Set<Reason> reasons,
    double spent) {

  /**
   * The rule.
   *
   * @param planned the metrics that the plan has
   * @param evidence by metric
   * @param runReasons what holds for the run as a whole
   * @throws IllegalArgumentException when there is evidence of a metric that was not planned
   */
  public static RunVerdict of(
      Set<String> planned, Map<String, Evidence> evidence, Set<Reason> runReasons) {
    for (String metric : evidence.keySet()) {
      if (!planned.contains(metric)) {
        throw new IllegalArgumentException(metric + " is not in the plan");
      }
    }
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    reasons.addAll(runReasons);
    SortedMap<String, Decision> byMetric = new TreeMap<>();
    Decision worst = planned.isEmpty() ? Decision.INCONCLUSIVE : Decision.PASSED;
    double spent = 0;
    for (String metric : planned) {
      Evidence known = evidence.get(metric);
      Decision decision = known == null ? Decision.INCONCLUSIVE : known.decision();
      if (known == null) {
        reasons.add(Reason.MISSING_METRIC);
      } else {
        spent += known.spent();
      }
      byMetric.put(metric, decision);
      worst = worst.and(decision);
    }
    if (reasons.stream().anyMatch(Reason::notComparable)) {
      worst = Decision.NOT_COMPARABLE;
    } else if (reasons.stream().anyMatch(Reason::blocksPass)) {
      worst = worst.and(Decision.INCONCLUSIVE);
    }
    List<String> alarming = new ArrayList<>();
    byMetric.forEach(
        (metric, decision) -> {
          if (decision == Decision.REGRESSED) {
            alarming.add(metric);
          }
        });
    return new RunVerdict(worst, byMetric, alarming, reasons, spent);
  }
}
