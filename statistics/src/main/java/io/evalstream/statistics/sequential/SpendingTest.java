package io.evalstream.statistics.sequential;

import java.util.Arrays;

/**
 * The exact sequential sign test of a run whose length is known: McNemar's test of paired right and
 * wrong answers, looked at after each of them. Up to item t of N it alarms with a probability of at
 * most {@code alpha · (t/N)²} when every coin is fair (Lan and DeMets, Discrete sequential
 * boundaries for clinical trials, 1983). That probability is computed, not approximated, by
 * carrying along the distribution of all paths of fair coins that have not alarmed.
 *
 * <p>An item without a difference has no coin. Which items have one, and when, may depend on
 * anything but how later coins fall.
 *
 * <p>Paths that are so far on the good side that less than {@link #NEGLIGIBLE} of all are there are
 * moved towards the alarm. That makes them more likely to alarm, so that the true probability is at
 * most what is counted, and the state is bounded: about 9·√n shares after n coins. For one thread.
 */
public final class SpendingTest {

  static final double NEGLIGIBLE = 1e-18;

  private final int planned;
  private final double alpha;
  private int seen;
  private int worse;
  private int better;
  private int alarmedAt;
  private double spent;
  private int first;
  private double[] alive;

  /**
   * A test before its first item.
   *
   * @param planned number of items, at least 1
   * @param alpha how often it may alarm with fair coins, between 0 and 1
   */
  public SpendingTest(int planned, double alpha) {
    this(planned, alpha, SpendingState.START);
  }

  /** A test that goes on. */
  public SpendingTest(int planned, double alpha, SpendingState state) {
    if (planned < 1) {
      throw new IllegalArgumentException("planned is " + planned + ": give a number from 1 on");
    }
    Checks.between0And1("alpha", alpha);
    this.planned = planned;
    this.alpha = alpha;
    this.seen = state.seen();
    this.worse = state.worse();
    this.better = state.better();
    this.alarmedAt = state.alarmedAt();
    this.spent = state.spent();
    this.first = state.first();
    this.alive = state.alive();
  }

  /**
   * The next item of the plan. The last one is also the last look, which spends what is left.
   *
   * @param coin above 0 when the candidate is worse, below 0 when it is better, 0 or NaN when there
   *     is no difference
   * @throws IllegalStateException when the plan has no more items
   */
  public void observe(double coin) {
    if (seen == planned) {
      throw new IllegalStateException("all " + planned + " planned items were seen");
    }
    seen++;
    boolean tossed = coin > 0 || coin < 0;
    worse += coin > 0 ? 1 : 0;
    better += coin < 0 ? 1 : 0;
    if (alarmedAt == 0 && (tossed || seen == planned)) {
      if (tossed) {
        toss();
      }
      look();
    }
  }

  /** Whether it has alarmed; that does not change any more. */
  public boolean alarmed() {
    return alarmedAt > 0;
  }

  /** How likely an alarm was up to here with fair coins; never more than alpha. */
  public double spent() {
    return spent;
  }

  /** What it needs to go on. */
  public SpendingState state() {
    return new SpendingState(seen, worse, better, alarmedAt, spent, first, alive);
  }

  private void toss() {
    double[] next = new double[alive.length + 1];
    for (int i = 0; i < alive.length; i++) {
      double half = alive[i] / 2;
      next[i] += half;
      next[i + 1] = half;
    }
    int from = 0;
    while (from < next.length - 1 && next[from] < NEGLIGIBLE) {
      next[from + 1] += next[from];
      from++;
    }
    first += from;
    alive = from == 0 ? next : Arrays.copyOfRange(next, from, next.length);
  }

  /** Takes as many of the worst paths for an alarm as may be spent now. */
  private void look() {
    double share = (double) seen / planned;
    double budget = alpha * share * share - spent;
    double tail = 0;
    int boundary = alive.length;
    while (boundary > 0 && tail + alive[boundary - 1] <= budget) {
      boundary--;
      tail += alive[boundary];
    }
    spent += tail;
    if (worse >= first + boundary) {
      alarmedAt = seen;
    }
    if (boundary < alive.length) {
      alive = Arrays.copyOf(alive, boundary);
    }
  }
}
