package io.evalstream.statistics.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BlockComparisonTest {

  private static final BlockMetric METRIC = BlockMetric.E2EL_P95;

  @Test
  void aSlowerServerIsFound() {
    BlockComparison compared = compare(series(1, 1, 10), series(1.2, 2, 10));

    PairedDifference difference = compared.differences().get(METRIC);
    assertThat(compared.pairs()).isEqualTo(10);
    assertThat(Math.expm1(difference.mean())).isCloseTo(0.2, within(0.05));
    assertThat(difference.pGreater()).isEqualTo(1 / 1024.0);
    assertThat(compared.differences()).containsOnlyKeys(METRIC);
  }

  @Test
  void swappedServersGiveTheMirrorImage() {
    Map<Integer, BlockStatistics> a = series(1, 1, 12);
    Map<Integer, BlockStatistics> b = series(1.01, 2, 12);

    PairedDifference there = compare(a, b).differences().get(METRIC);
    PairedDifference back = compare(b, a).differences().get(METRIC);

    assertThat(back.mean()).isEqualTo(-there.mean());
    assertThat(back.low()).isEqualTo(-there.high());
    assertThat(back.high()).isEqualTo(-there.low());
    assertThat(back.pTwoSided()).isEqualTo(there.pTwoSided());
  }

  @Test
  void saturatedAndSingleBlocksAreLeftOut() {
    Map<Integer, BlockStatistics> a = series(1, 1, 9);
    Map<Integer, BlockStatistics> b = series(1, 2, 8);
    b.put(3, new BlockStatistics(5, 0, b.get(3).values(), true));

    BlockComparison compared = compare(a, b);

    assertThat(compared.pairs()).isEqualTo(7);
    assertThat(compared.saturated()).isEqualTo(1);
    assertThat(compared.differences().get(METRIC).pairs()).isEqualTo(7);
  }

  @Test
  void aMetricThatABlockLacksIsNotCompared() {
    Map<Integer, BlockStatistics> b = series(1, 2, 8);
    b.put(3, new BlockStatistics(5, 0, Map.of(), false));

    assertThat(compare(series(1, 1, 8), b).differences()).isEmpty();
  }

  private static BlockComparison compare(
      Map<Integer, BlockStatistics> a, Map<Integer, BlockStatistics> b) {
    return BlockComparison.of(a, b, 0.95, 1);
  }

  private static Map<Integer, BlockStatistics> series(double factor, long seed, int blocks) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<Integer, BlockStatistics> series = new HashMap<>();
    for (int block = 0; block < blocks; block++) {
      double value = factor * (1 + 0.02 * random.nextDouble());
      series.put(block, new BlockStatistics(9, 0, Map.of(METRIC, value), false));
    }
    return series;
  }
}
