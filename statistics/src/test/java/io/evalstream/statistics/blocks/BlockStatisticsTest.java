package io.evalstream.statistics.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlockStatisticsTest {

  @Test
  void aBlockIsWhatItsMeasuredRequestsSay() {
    List<RequestTiming> block =
        List.of(
            new RequestTiming(0, 0, 900_000, 9_000_000, 2, true, true),
            new RequestTiming(1_000_000, 1_000_000, 1_010_000, 1_100_000, 10, true, false),
            new RequestTiming(1_000_000, 1_000_000, 1_030_000, 1_400_000, 1, true, false),
            new RequestTiming(1_000_000, 1_000_000, 0, 5_000_000, 0, false, false));

    BlockStatistics statistics = BlockStatistics.of(block, false);

    assertThat(statistics.requests()).isEqualTo(2);
    assertThat(statistics.failed()).isEqualTo(1);
    assertThat(statistics.saturated()).isFalse();
    assertThat(statistics.values().get(BlockMetric.E2EL_GEOMETRIC_MEAN))
        .isCloseTo(200, within(1e-9));
    assertThat(statistics.values().get(BlockMetric.TTFT_P95)).isCloseTo(29, within(1e-9));
    assertThat(statistics.values().get(BlockMetric.E2EL_P95)).isCloseTo(385, within(1e-9));
    assertThat(statistics.values().get(BlockMetric.TPOT_MEAN)).isCloseTo(10, within(1e-9));
    assertThat(statistics.values().get(BlockMetric.SECONDS_PER_REQUEST))
        .isCloseTo(0.2, within(1e-9));
  }

  @Test
  void aBlockWithoutAnAnswerSaysNothing() {
    BlockStatistics statistics =
        BlockStatistics.of(List.of(new RequestTiming(0, 0, 0, 9, 0, false, false)), true);

    assertThat(statistics.values()).isEmpty();
    assertThat(statistics.failed()).isEqualTo(1);
  }

  /** 16 slots, Poisson arrivals, exponential times: 90% busy, and more than it can do. */
  @Test
  void aQueueThatGrowsIsFoundAndABusyServerIsNotTakenForIt() {
    assertThat(saturated(0.9, 600)).isLessThanOrEqualTo(10);
    assertThat(saturated(0.8, 100)).isLessThanOrEqualTo(10);
    assertThat(saturated(1.3, 600)).isGreaterThanOrEqualTo(190);
    assertThat(saturated(2, 100)).isGreaterThanOrEqualTo(180);
  }

  @Test
  void aClosedLoopHasNoQueue() {
    assertThat(BlockStatistics.of(block(3, 600, new SplittableRandom(1)), false).saturated())
        .isFalse();
  }

  /** Of 200 blocks, how many are called saturated. */
  private static long saturated(double load, int requests) {
    SplittableRandom random = new SplittableRandom(5);
    return IntStream.range(0, 200)
        .filter(i -> BlockStatistics.of(block(load, requests, random), true).saturated())
        .count();
  }

  private static List<RequestTiming> block(double load, int requests, SplittableRandom random) {
    int slots = 16;
    double serviceUs = 1e6;
    PriorityQueue<Double> free = new PriorityQueue<>();
    List<RequestTiming> block = new ArrayList<>();
    double at = 0;
    for (int i = 0; i < requests; i++) {
      at -= Math.log1p(-random.nextDouble()) * serviceUs / slots / load;
      double start = free.size() < slots ? at : Math.max(at, free.remove());
      double end = start - Math.log1p(-random.nextDouble()) * serviceUs;
      free.add(end);
      block.add(
          new RequestTiming(
              (long) at, (long) at, (long) start, (long) end + 1, 10, true, i < requests / 6));
    }
    return block;
  }
}
