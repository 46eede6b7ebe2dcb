package io.evalstream.statistics.sequential;

/**
 * Evidence that a coin falls against the candidate more often than not, when nobody knows how long
 * the run will be: {@code E = mean over θ of (2θ)^worse · (2 − 2θ)^better}. With fair coins E
 * exceeds 1/alpha at any time at all with a probability of at most alpha (Ville's inequality).
 */
public final class FairCoin {

  private static final double[] THETAS = {.55, .58, .62, .67, .73, .80, .88, .95};

  private FairCoin() {}

  /**
   * The logarithm of E.
   *
   * @param worse coins that fell against the candidate
   * @param better coins that fell for it
   */
  public static double logE(long worse, long better) {
    double[] logarithms = new double[THETAS.length];
    for (int j = 0; j < THETAS.length; j++) {
      logarithms[j] =
          worse * StrictMath.log(2 * THETAS[j]) + better * StrictMath.log(2 - 2 * THETAS[j]);
    }
    return Mixture.logMean(logarithms);
  }
}
