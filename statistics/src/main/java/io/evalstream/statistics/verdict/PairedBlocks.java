package io.evalstream.statistics.verdict;

import io.evalstream.statistics.blocks.PairedDifference;
import io.evalstream.statistics.distribution.Interval;
import io.evalstream.statistics.sequential.SpendingTest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * One metric of blocks, of which block k of the candidate replayed the plan of block k of the
 * baseline. Without a slow-down beyond the tolerance the sign of each difference is a fair coin and
 * the differences are symmetric. Inside the run their signs are tested with half of alpha, at its
 * end the sign-flip test has the other half. That the slow-down is below the margin is tested in
 * the same way from the other side.
 *
 * <p>The effect and its interval are of the logarithm of the ratio; inside the run the interval is
 * that of a run which ends here, and not of all times together.
 */
public final class PairedBlocks {

  private static final int PARTS = 2;

  private PairedBlocks() {}

  /**
   * What is known after some blocks.
   *
   * @param ratios the natural logarithm of the candidate's value over the baseline's, in the order
   *     of the plan; NaN for a block that was left out
   * @param leftOut why blocks were left out; empty when none was
   * @param confidence of the interval, between 0 and 1
   */
  public static Evidence evidence(
      BlockRules rules, double[] ratios, Set<Reason> leftOut, double confidence) {
    if (ratios.length > rules.planned()) {
      throw new IllegalArgumentException(
          ratios.length + " blocks, and " + rules.planned() + " were planned");
    }
    double[] slower = minus(ratios, Math.log1p(rules.tolerance()));
    double[] faster = negated(minus(ratios, Math.log1p(rules.margin())));
    SpendingTest alarm = signs(rules.planned(), rules.alpha() / PARTS, slower);
    SpendingTest pass = signs(rules.planned(), rules.alphaPass() / PARTS, faster);
    boolean ended = ratios.length == rules.planned();
    double[] known = known(ratios);
    PairedDifference difference =
        known.length == 0 ? null : PairedDifference.of(known, confidence, rules.seed());
    return new Evidence(
        known.length == 0 ? Double.NaN : difference.mean(),
        known.length == 0 ? Interval.UNKNOWN : new Interval(difference.low(), difference.high()),
        Math.log1p(rules.margin()),
        ratios.length,
        rules.planned(),
        rules.alpha(),
        alarm.spent() + (ended ? rules.alpha() / PARTS : 0),
        Double.NaN,
        alarm.alarmed() || (ended && flips(slower, rules.seed()) <= rules.alpha() / PARTS),
        pass.alarmed() || (ended && flips(faster, rules.seed()) <= rules.alphaPass() / PARTS),
        reasons(rules, known.length < ratios.length, leftOut));
  }

  private static Set<Reason> reasons(BlockRules rules, boolean incomplete, Set<Reason> leftOut) {
    if (incomplete && leftOut.isEmpty()) {
      throw new IllegalArgumentException("blocks were left out: give the reason");
    }
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    reasons.addAll(leftOut);
    if (Math.pow(0.5, rules.planned()) > rules.alpha() / PARTS) {
      reasons.add(Reason.TOO_FEW_PLANNED);
    }
    if (rules.advisory()) {
      reasons.add(Reason.ADVISORY);
    }
    return reasons;
  }

  private static SpendingTest signs(int planned, double alpha, double[] differences) {
    SpendingTest test = new SpendingTest(planned, alpha);
    for (double difference : differences) {
      test.observe(difference);
    }
    return test;
  }

  private static double flips(double[] differences, long seed) {
    double[] known = known(differences);
    return known.length == 0 ? 1 : PairedDifference.of(known, 0.5, seed).pGreater();
  }

  private static double[] known(double[] differences) {
    return Arrays.stream(differences).filter(d -> !Double.isNaN(d)).toArray();
  }

  private static double[] minus(double[] values, double less) {
    return Arrays.stream(values).map(v -> v - less).toArray();
  }

  private static double[] negated(double[] values) {
    return Arrays.stream(values).map(v -> 0 - v).toArray();
  }
}
