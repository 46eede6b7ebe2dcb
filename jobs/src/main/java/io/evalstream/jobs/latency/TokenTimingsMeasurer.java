package io.evalstream.jobs.latency;

import io.evalstream.events.EventCodec;
import io.evalstream.events.Metric;
import io.evalstream.events.TokenTimings;
import io.evalstream.statistics.sketch.SketchAccumulator;

/** Inter-chunk latency and tokens: each gap belongs to the window of its own instant. */
public final class TokenTimingsMeasurer implements Measurer<TokenTimings> {

  private static final long serialVersionUID = 1L;

  @Override
  public TokenTimings read(byte[] json) {
    return EventCodec.decode(json, TokenTimings.class);
  }

  @Override
  public long atUs(TokenTimings event) {
    return event.atUs();
  }

  @Override
  public long tokens(TokenTimings event) {
    return event.tokenCount();
  }

  @Override
  public void measure(TokenTimings event, WindowAccumulators windows) {
    int[] gaps = event.gapsUs();
    int[] tokens = event.tokens();
    int chunks = event.chunks();
    int firstGap = chunks - gaps.length;
    long at = event.atUs();
    long window = Long.MIN_VALUE;
    SketchAccumulator latency = null;
    SketchAccumulator chunkTokens = null;
    for (int chunk = chunks - 1; chunk >= 0; chunk--) {
      long windowOfChunk = WindowAccumulators.windowStart(at);
      if (windowOfChunk != window) {
        window = windowOfChunk;
        latency = windows.at(event.runId(), event.scenario(), Metric.ITL, window);
        chunkTokens = windows.at(event.runId(), event.scenario(), Metric.CHUNK_TOKENS, window);
      }
      chunkTokens.accept(tokens == null ? 1 : tokens[chunk]);
      if (chunk >= firstGap) {
        int gap = gaps[chunk - firstGap];
        latency.accept(gap);
        at -= gap;
      }
    }
  }
}
