package io.evalstream.statistics.blocks;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What the requests of a block say together, those of its warm-up left out.
 *
 * @param requests that ended well
 * @param failed that did not
 * @param values by metric; one that no request speaks of, or that is 0, is left out
 * @param saturated whether the queue grew through the block, so that its latencies say how long the
 *     block was and not how fast the server is
 */
public record BlockStatistics(
    int requests, int failed, Map<BlockMetric, Double> values, boolean saturated) {

  private static final double US_PER_MS = 1e3;
  private static final double US_PER_SECOND = 1e6;

  /** Copies the map. */
  public BlockStatistics {
    values = Map.copyOf(values);
  }

  /**
   * Of the requests of one block, in any order.
   *
   * @param open whether requests came whether or not the server kept up, so that a queue can grow
   */
  public static BlockStatistics of(List<RequestTiming> block, boolean open) {
    List<RequestTiming> measured = block.stream().filter(r -> !r.warmUp()).toList();
    List<RequestTiming> good = measured.stream().filter(RequestTiming::ok).toList();
    Map<BlockMetric, Double> values = new EnumMap<>(BlockMetric.class);
    if (!good.isEmpty()) {
      double[] e2el = sorted(good, RequestTiming::e2elUs);
      double[] ttft = sorted(good, RequestTiming::ttftUs);
      double meanLog = Arrays.stream(e2el).map(Math::log).average().orElseThrow();
      put(values, BlockMetric.E2EL_GEOMETRIC_MEAN, Math.exp(meanLog) / US_PER_MS);
      put(values, BlockMetric.TTFT_P95, percentile(ttft, 0.95) / US_PER_MS);
      put(values, BlockMetric.E2EL_P95, percentile(e2el, 0.95) / US_PER_MS);
      good.stream()
          .filter(r -> r.outputTokens() > 1)
          .mapToDouble(RequestTiming::tpotUs)
          .average()
          .ifPresent(mean -> put(values, BlockMetric.TPOT_MEAN, mean / US_PER_MS));
      long from = good.stream().mapToLong(RequestTiming::sentUs).min().orElseThrow();
      long to = good.stream().mapToLong(RequestTiming::endedUs).max().orElseThrow();
      put(values, BlockMetric.SECONDS_PER_REQUEST, (to - from) / US_PER_SECOND / good.size());
    }
    return new BlockStatistics(
        good.size(), measured.size() - good.size(), values, open && QueueGrowth.grew(block));
  }

  private static void put(Map<BlockMetric, Double> values, BlockMetric metric, double value) {
    if (value > 0) {
      values.put(metric, value);
    }
  }

  private static double[] sorted(List<RequestTiming> good, ToDoubleFunction<RequestTiming> of) {
    return good.stream().mapToDouble(of).sorted().toArray();
  }

  private static double percentile(double[] sorted, double p) {
    double rank = p * (sorted.length - 1);
    int below = (int) Math.floor(rank);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (rank - below);
  }
}
