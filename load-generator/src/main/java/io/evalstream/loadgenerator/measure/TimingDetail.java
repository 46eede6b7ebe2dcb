package io.evalstream.loadgenerator.measure;

/**
 * What vLLM's definitions leave out: the same chunks timed per token, and the first of each kind of
 * output. Over the successful requests.
 *
 * @param perToken each token's time, where a chunk of k tokens spreads its gap over k tokens; equal
 *     to the inter-chunk latency when every chunk holds one. Needs the token count of every chunk
 *     ({@code continuous_usage_stats}): without it a chunk counts as one token
 * @param firstReasoning first chunk with reasoning, from when the request was sent; of the requests
 *     that had one, as the next two
 * @param firstContent first chunk with text for the user, from when the request was sent
 * @param firstToolCall first chunk with a call of a tool, from when the request was sent
 * @param gaps gaps between consecutive chunks
 * @param coalescedGaps those that are 0 because both chunks came in one read of the socket: the
 *     server, the network or the generator put them together, and the gap before them is that of
 *     all of them
 */
public record TimingDetail(
    LatencyDistribution perToken,
    LatencyDistribution firstReasoning,
    LatencyDistribution firstContent,
    LatencyDistribution firstToolCall,
    long gaps,
    long coalescedGaps) {

  /** Of no requests. */
  public static final TimingDetail EMPTY =
      new TimingDetail(
          LatencyDistribution.EMPTY,
          LatencyDistribution.EMPTY,
          LatencyDistribution.EMPTY,
          LatencyDistribution.EMPTY,
          0,
          0);

  /** The share of gaps that are coalesced, 0 to 1; 0 when there are no gaps. */
  public double coalescedShare() {
    return gaps == 0 ? 0 : (double) coalescedGaps / gaps;
  }
}
