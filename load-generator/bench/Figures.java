package io.evalstream.bench;

/**
 * What a client says it measured.
 *
 * @param ttftMedianMs median time to the first token
 * @param ttftP99Ms its 99th percentile
 * @param gapP99Ms 99th percentile of the gaps between chunks; not a number if it does not say
 * @param tokens tokens of all answers
 * @param tokensPerSecond tokens over the whole run; the server sends one in each chunk
 * @param completed requests that ended well
 */
record Figures(
    double ttftMedianMs,
    double ttftP99Ms,
    double gapP99Ms,
    double tokens,
    double tokensPerSecond,
    long completed) {}
