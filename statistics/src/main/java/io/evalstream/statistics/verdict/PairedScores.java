package io.evalstream.statistics.verdict;

import io.evalstream.statistics.distribution.Interval;
import io.evalstream.statistics.sequential.Betting;
import io.evalstream.statistics.sequential.FairCoin;
import io.evalstream.statistics.sequential.SpendingState;
import io.evalstream.statistics.sequential.SpendingTest;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The scores of one stream, each beside the baseline's of the same item. Items come in the order of
 * the plan, each once; one that has no score comes as missing.
 *
 * <p>The difference is the baseline's score less the candidate's. Items of a cluster (a passage, a
 * document) count as one observation when the last of them has come: as {@code clip(Σ/3, −1, 1)}
 * for the alarm, and as their mean for the effect, its interval and the pass.
 *
 * <p>A missing item says nothing for an alarm: which are missing is no matter of one side when
 * nothing is between the two. For the pass it counts as a difference of 1, the worst there is,
 * since a candidate may fail just where it would be wrong. The interval holds at all times
 * together. For one thread.
 */
public final class PairedScores {

  private static final double WORST = 1;
  private static final double BURST = 3;
  private static final int SIDES = 2;

  private final ScoreRules rules;
  private final SpendingTest spending;
  private final Betting burst;
  private final Betting lower;
  private final Betting upper;
  private final Map<String, ClusterSum> open;
  private int seen;
  private int invalid;
  private int worse;
  private int better;
  private double sum;
  private int alarmedAt;
  private int provedAt;

  /** Before the first item. */
  public PairedScores(ScoreRules rules) {
    this(rules, PairedScoresState.START);
  }

  /** Goes on. */
  public PairedScores(ScoreRules rules, PairedScoresState state) {
    this.rules = rules;
    this.spending =
        rules.kind() == ScoreRules.Kind.RIGHT_WRONG
            ? new SpendingTest(rules.planned(), rules.alpha(), state.spending())
            : null;
    this.burst = new Betting(state.burst());
    this.lower = new Betting(state.lower());
    this.upper = new Betting(state.upper());
    this.open = new TreeMap<>(state.open());
    this.seen = state.seen();
    this.invalid = state.invalid();
    this.worse = state.worse();
    this.better = state.better();
    this.sum = state.sum();
    this.alarmedAt = state.alarmedAt();
    this.provedAt = state.provedAt();
  }

  /** The next item, which belongs to no cluster. */
  public void pair(double baseline, double candidate) {
    observe(difference(baseline, candidate), null, 1);
  }

  /**
   * The next item, of a cluster.
   *
   * @param size how many items of the plan the cluster has
   */
  public void pair(double baseline, double candidate, String cluster, int size) {
    observe(difference(baseline, candidate), cluster, size);
  }

  /** The next item, which belongs to no cluster and has no score. */
  public void missing() {
    observe(Double.NaN, null, 1);
  }

  /** The next item, of a cluster and without a score. */
  public void missing(String cluster, int size) {
    observe(Double.NaN, cluster, size);
  }

  private double difference(double baseline, double candidate) {
    if (!valid(baseline) || !valid(candidate)) {
      invalid++;
      return Double.NaN;
    }
    return baseline - candidate;
  }

  private boolean valid(double score) {
    return rules.kind() == ScoreRules.Kind.GRADED
        ? score >= 0 && score <= 1
        : score == 0 || score == 1;
  }

  private void observe(double difference, String cluster, int size) {
    if (rules.planned() > 0 && seen == rules.planned()) {
      throw new IllegalStateException("all " + rules.planned() + " planned items were seen");
    }
    seen++;
    if (cluster == null) {
      enter(difference, difference, Double.isNaN(difference) ? WORST : difference);
      return;
    }
    ClusterSum total = open.getOrDefault(cluster, ClusterSum.NONE).with(difference, size);
    if (total.complete()) {
      open.remove(cluster);
      double clipped = Math.max(-1, Math.min(1, total.sum() / BURST));
      enter(
          total.scored() == 0 ? Double.NaN : clipped,
          total.sum() / total.scored(),
          (total.sum() + WORST * (size - total.scored())) / size);
    } else {
      open.put(cluster, total);
      if (spending != null) {
        spending.observe(0);
      }
    }
  }

  /** An observation: for the alarm, for the effect, and for the pass; the first two may be NaN. */
  private void enter(double forAlarm, double forEffect, double forPass) {
    worse += forAlarm > 0 ? 1 : 0;
    better += forAlarm < 0 ? 1 : 0;
    if (!Double.isNaN(forEffect)) {
      lower.observe(forEffect);
      sum += forEffect;
    }
    upper.observe(-forPass);
    if (provedAt == 0 && upper.logE(-rules.margin()) >= -StrictMath.log(rules.alphaPass())) {
      provedAt = seen;
    }
    if (spending != null) {
      spending.observe(forAlarm);
    } else if (rules.kind() == ScoreRules.Kind.GRADED && !Double.isNaN(forAlarm)) {
      burst.observe(forAlarm);
    }
    if (alarmedAt == 0
        && (spending == null ? logE() >= -StrictMath.log(rules.alpha()) : spending.alarmed())) {
      alarmedAt = seen;
    }
  }

  /** The logarithm of the e-value against the candidate now; NaN where spending tests it. */
  public double logE() {
    return switch (rules.kind()) {
      case RIGHT_WRONG -> Double.NaN;
      case RIGHT_WRONG_OPEN -> FairCoin.logE(worse, better);
      case GRADED -> burst.logE(0);
    };
  }

  /** The item at which it alarmed, from 1 on; 0 when it has not. */
  public int alarmedAt() {
    return alarmedAt;
  }

  /** The item at which a drop of the margin was refused, from 1 on; 0 when it has not. */
  public int provedAt() {
    return provedAt;
  }

  /**
   * What is known.
   *
   * @param confidence of the interval, between 0 and 1
   */
  public Evidence evidence(double confidence) {
    double side = (1 - confidence) / SIDES;
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    if (rules.planned() > 0 && rules.planned() < ScoreRules.LEAST_ITEMS) {
      reasons.add(Reason.TOO_FEW_PLANNED);
    }
    if (invalid > 0) {
      reasons.add(Reason.INVALID_SCORES);
    }
    return new Evidence(
        lower.count() == 0 ? Double.NaN : sum / lower.count(),
        new Interval(lower.lowerBound(side), 0 - upper.lowerBound(side)),
        rules.margin(),
        seen,
        rules.planned(),
        rules.alpha(),
        spending == null ? rules.alpha() : spending.spent(),
        logE(),
        alarmedAt > 0,
        provedAt > 0,
        reasons);
  }

  /** What it needs to go on. */
  public PairedScoresState state() {
    return new PairedScoresState(
        seen,
        invalid,
        worse,
        better,
        sum,
        alarmedAt,
        provedAt,
        spending == null ? SpendingState.START : spending.state(),
        burst.state(),
        lower.state(),
        upper.state(),
        new TreeMap<>(open));
  }
}
