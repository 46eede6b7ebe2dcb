package io.evalstream.statistics.verdict;

import io.evalstream.statistics.distribution.Interval;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is known of one metric.
 *
 * @param effect how much worse the candidate is, in the metric's unit; NaN when nothing was
 *     observed
 * @param interval of the effect
 * @param margin the largest effect that one is willing to ship, in the same unit
 * @param used items, requests or blocks that were consumed
 * @param planned how many there will be; 0 when nobody knows
 * @param alpha its share of the release's false-alarm budget
 * @param spent how much of that it can have used by now; for evidence that bounds all times
 *     together it is alpha from the start
 * @param logE the logarithm of its e-value against the candidate now; NaN when it has none
 * @param alarmed whether it refused that the candidate is no worse, at any time
 * @param proved whether it refused that the effect is at least the margin, at any time
 * @param reasons what else there is to say
 */
public record Evidence(
    double effect,
    Interval interval,
    double margin,
    long used,
    long planned,
    double alpha,
    double spent,
    double logE,
    boolean alarmed,
    boolean proved,
    Set<Reason> reasons) {

  /** Copies the set. */
  public Evidence {
    reasons = Set.copyOf(reasons);
  }

  /** The rule: {@code regressed} wins over {@code passed}, and a doubt is never passed over. */
  public Decision decision() {
    if (reasons.stream().anyMatch(Reason::notComparable)) {
      return Decision.NOT_COMPARABLE;
    }
    if (reasons.contains(Reason.TOO_FEW_PLANNED)) {
      return Decision.INCONCLUSIVE;
    }
    if (alarmed) {
      return reasons.contains(Reason.ADVISORY) ? Decision.INCONCLUSIVE : Decision.REGRESSED;
    }
    return proved && reasons.stream().noneMatch(Reason::blocksPass)
        ? Decision.PASSED
        : Decision.INCONCLUSIVE;
  }

  /** The reasons, with that of having too little where it is neither regressed nor passed. */
  public Set<Reason> why() {
    Set<Reason> why = EnumSet.noneOf(Reason.class);
    why.addAll(reasons);
    if (!alarmed && !proved) {
      why.add(Reason.NOT_ENOUGH_EVIDENCE);
    }
    return why;
  }
}
