package io.evalstream.jobs.latency;

import io.evalstream.events.Metric;
import io.evalstream.events.TokenTimingsReader;

/** Inter-chunk latency and tokens: each gap belongs to the window of its own instant. */
public final class TokenTimingsMeasurer implements Measurer<TokenTimingsReader> {

  private static final long serialVersionUID = 1L;

  private transient TokenTimingsReader reader;

  @Override
  public TokenTimingsReader read(byte[] json) {
    if (reader == null) {
      reader = new TokenTimingsReader();
    }
    reader.read(json);
    return reader;
  }

  @Override
  public long atUs(TokenTimingsReader event) {
    return event.atUs();
  }

  @Override
  public long tokens(TokenTimingsReader event) {
    return event.tokenCount();
  }

  /** Walks back from the last chunk, window by window. */
  @Override
  public void measure(TokenTimingsReader event, WindowAccumulators windows) {
    int[] gaps = event.gapsUs();
    int withoutGap = event.chunks() - event.gaps();
    long at = event.atUs();
    int end = event.chunks();
    while (end > 0) {
      long windowStart = WindowAccumulators.windowStart(at);
      int gap = end - withoutGap;
      while (gap > 0 && at >= windowStart) {
        at -= gaps[--gap];
      }
      int start = gap == 0 && at >= windowStart ? 0 : gap + withoutGap;
      WindowAccumulators.Window window = windows.at(event.runId(), event.scenario(), windowStart);
      window.of(Metric.ITL).accept(gaps, gap, end - withoutGap);
      addTokens(event, start, end, window);
      end = start;
    }
  }

  private static void addTokens(
      TokenTimingsReader event, int from, int to, WindowAccumulators.Window window) {
    int[] tokens = event.tokens();
    if (tokens == null) {
      window.of(Metric.CHUNK_TOKENS).accept(1, to - from);
    } else {
      window.of(Metric.CHUNK_TOKENS).accept(tokens, from, to);
    }
  }
}
