package io.evalstream.bench;

/**
 * What every client is asked to send: a closed loop.
 *
 * @param url the server
 * @param streams requests in flight
 * @param requests requests in all
 * @param outputTokens tokens of an answer, on average
 * @param spread how far the lengths of prompts and answers spread, as a fraction
 */
record Load(String url, int streams, int requests, int outputTokens, double spread) {

  static final String MODEL = "simulated-model";
  static final int PROMPT_TOKENS = 64;

  Load {
    if (streams < 1 || requests < streams || outputTokens < 2) {
      throw new IllegalArgumentException(
          "a load of %d streams, %d requests and %d tokens cannot be sent"
              .formatted(streams, requests, outputTokens));
    }
  }
}
