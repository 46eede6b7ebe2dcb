package io.evalstream.jobs.latency;

import io.evalstream.events.Metric;
import io.evalstream.events.TokenTimingsReader;

/**
 * Inter-chunk and per-token latency, and tokens: each gap belongs to the window of its own instant.
 */
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
      if (event.tokens() == null) {
        window.gapsOfOneToken().accept(gaps, gap, end - withoutGap);
      } else {
        window.of(Metric.ITL).accept(gaps, gap, end - withoutGap);
      }
      addTokens(event, start, end, window);
      end = start;
    }
    if (event.tokens() != null) {
      addTokenLatencies(event, windows);
    }
  }

  /** Walks forward: the time of a chunk without tokens goes to the next that has some. */
  private static void addTokenLatencies(TokenTimingsReader event, WindowAccumulators windows) {
    int[] gaps = event.gapsUs();
    int[] tokens = event.tokens();
    int withoutGap = event.chunks() - event.gaps();
    long at = event.atUs();
    for (int gap = 0; gap < event.gaps(); gap++) {
      at -= gaps[gap];
    }
    boolean begun = withoutGap == 0 || tokens[0] > 0;
    long sinceTokens = 0;
    for (int chunk = withoutGap; chunk < event.chunks(); chunk++) {
      int gap = gaps[chunk - withoutGap];
      at += gap;
      sinceTokens += gap;
      int count = tokens[chunk];
      if (count == 0) {
        continue;
      }
      if (begun) {
        windows
            .at(event.runId(), event.scenario(), WindowAccumulators.windowStart(at))
            .of(Metric.TOKEN_LATENCY)
            .accept(Math.round((double) sinceTokens / count), count);
      }
      begun = true;
      sinceTokens = 0;
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
