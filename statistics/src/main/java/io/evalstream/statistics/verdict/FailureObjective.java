package io.evalstream.statistics.verdict;

import io.evalstream.statistics.distribution.ConfidenceIntervals;
import io.evalstream.statistics.distribution.Interval;
import io.evalstream.statistics.sequential.FailureRate;
import java.util.Set;

/**
 * Whether requests fail more often than an objective allows. The effect is the share that failed
 * less the objective; it passes when more failures than allowed are refused. For one thread.
 */
public final class FailureObjective {

  private final double objective;
  private final double alpha;
  private final double alphaPass;
  private long failures;
  private long successes;
  private boolean alarmed;
  private boolean proved;

  /**
   * Before the first request.
   *
   * @param objective share of failures that is allowed, between 0 and 0.5
   * @param alpha its share of the release's false alarms
   * @param alphaPass how often a release at the objective may pass
   */
  public FailureObjective(double objective, double alpha, double alphaPass) {
    this(objective, alpha, alphaPass, new State(0, 0, false, false));
  }

  /** Goes on. */
  public FailureObjective(double objective, double alpha, double alphaPass, State state) {
    Shares.check("alpha", alpha);
    Shares.check("alpha-pass", alphaPass);
    FailureRate.logEAbove(0, 0, objective);
    this.objective = objective;
    this.alpha = alpha;
    this.alphaPass = alphaPass;
    this.failures = state.failures();
    this.successes = state.successes();
    this.alarmed = state.alarmed();
    this.proved = state.proved();
  }

  /** What it needs to go on. */
  public record State(long failures, long successes, boolean alarmed, boolean proved) {}

  /** The next request of the plan. */
  public void observe(boolean failed) {
    failures += failed ? 1 : 0;
    successes += failed ? 0 : 1;
    alarmed |= failed && logE() >= -StrictMath.log(alpha);
    proved |=
        !failed
            && FailureRate.logEBelow(failures, successes, objective) >= -StrictMath.log(alphaPass);
  }

  /**
   * What is known. The interval is that of a run which ends here, and not of all times together.
   *
   * @param planned number of requests; 0 when nobody knows
   * @param confidence of the interval, between 0 and 1
   */
  public Evidence evidence(long planned, double confidence) {
    long requests = failures + successes;
    Interval share = ConfidenceIntervals.share(failures, requests, confidence);
    return new Evidence(
        requests == 0 ? Double.NaN : (double) failures / requests - objective,
        new Interval(share.lower() - objective, share.upper() - objective),
        0,
        requests,
        planned,
        alpha,
        alpha,
        logE(),
        alarmed,
        proved,
        Set.of());
  }

  /** What it needs to go on. */
  public State state() {
    return new State(failures, successes, alarmed, proved);
  }

  private double logE() {
    return FailureRate.logEAbove(failures, successes, objective);
  }
}
