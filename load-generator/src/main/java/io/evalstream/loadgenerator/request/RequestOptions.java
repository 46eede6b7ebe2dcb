package io.evalstream.loadgenerator.request;

/**
 * What every request asks for.
 *
 * @param ignoreEos generate up to the asked length, whatever the model says
 * @param minTokens generate at least so many tokens; null to leave it to the server
 * @param continuousUsage ask for the token count in every chunk (vLLM's {@code
 *     continuous_usage_stats}), so that chunks of several tokens are counted right
 * @param temperature 0 is greedy
 */
public record RequestOptions(
    boolean ignoreEos, Integer minTokens, boolean continuousUsage, double temperature) {

  /** Nothing special, greedy, tokens counted in every chunk. */
  public static final RequestOptions DEFAULT = new RequestOptions(false, null, true, 0);

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public RequestOptions {
    if (minTokens != null && minTokens < 0) {
      throw new IllegalArgumentException(
          "min-tokens is " + minTokens + ": give a number from 0 on");
    }
    if (!(temperature >= 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException(
          "temperature is " + temperature + ": give a number from 0 on");
    }
  }
}
