package io.evalstream.statistics.sequential;

/**
 * Evidence that the mean of values from −1 to 1 is above a bound m, for every m at once: {@code
 * E(m) = mean over λ of Π (1 + λx)/(1 + λm)}. While the expectation of each value, whatever came
 * before, is at most m, E(m) exceeds 1/alpha at any time at all with a probability of at most
 * alpha.
 *
 * <p>A factor is {@code 1 + b·(x − m)} with the bet {@code b = λ/(1 + λm)}, below 1/(1+m): this is
 * the betting martingale of Waudby-Smith and Ramdas (Estimating means of bounded random variables
 * by betting, 2024) with bets chosen so that the products of {@code 1 + λx} do for every m. E(m)
 * falls as m rises, so the bounds that are not refused are an interval that holds at all times
 * together. For one thread.
 */
public final class Betting {

  static final double[] LAMBDAS = {.02, .05, .1, .2, .3, .5, .7, .9};
  private static final int HALVINGS = 50;

  private final double[] logProducts;
  private long count;

  /** Before the first value. */
  public Betting() {
    this(BettingState.START);
  }

  /** Goes on. */
  public Betting(BettingState state) {
    this.count = state.count();
    this.logProducts = state.logProducts().clone();
  }

  /**
   * The next value.
   *
   * @param value from −1 to 1
   */
  public void observe(double value) {
    if (!(value >= -1 && value <= 1)) {
      throw new IllegalArgumentException("value is " + value + ": give a number from -1 to 1");
    }
    count++;
    if (value != 0) {
      for (int j = 0; j < LAMBDAS.length; j++) {
        logProducts[j] += StrictMath.log1p(LAMBDAS[j] * value);
      }
    }
  }

  /**
   * The logarithm of E.
   *
   * @param bound m, from −1 to 1
   */
  public double logE(double bound) {
    double[] logarithms = new double[LAMBDAS.length];
    for (int j = 0; j < LAMBDAS.length; j++) {
      logarithms[j] = logProducts[j] - count * StrictMath.log1p(LAMBDAS[j] * bound);
    }
    return Mixture.logMean(logarithms);
  }

  /**
   * What the mean is at least, at all times together; −1 when nothing is known of it.
   *
   * @param alpha how often that is wrong at the most
   */
  public double lowerBound(double alpha) {
    double enough = -StrictMath.log(alpha);
    double refused = -1;
    double open = 1;
    if (logE(refused) < enough) {
      return refused;
    }
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (refused + open) / 2;
      if (logE(middle) < enough) {
        open = middle;
      } else {
        refused = middle;
      }
    }
    return refused;
  }

  /** How many values there were. */
  public long count() {
    return count;
  }

  /** What it needs to go on. */
  public BettingState state() {
    return new BettingState(count, logProducts.clone());
  }
}
