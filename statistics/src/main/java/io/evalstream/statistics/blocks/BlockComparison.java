package io.evalstream.statistics.blocks;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Two series of blocks, of which those of one number replayed the same plan. What is compared is
 * the logarithm of the second less that of the first, so that one figure is a share of the other.
 *
 * @param pairs blocks that both have and in which neither was saturated
 * @param saturated blocks that both have and in which one was saturated: they are left out
 * @param differences by metric; one that not every pair has is left out
 */
public record BlockComparison(
    int pairs, int saturated, Map<BlockMetric, PairedDifference> differences) {

  /** Copies the map. */
  public BlockComparison {
    differences = Map.copyOf(differences);
  }

  /**
   * The comparison.
   *
   * @param first the baseline's blocks by number
   * @param second the candidate's
   * @param confidence of the intervals
   * @param seed of the sign-flips that are drawn when there are many blocks
   */
  public static BlockComparison of(
      Map<Integer, BlockStatistics> first,
      Map<Integer, BlockStatistics> second,
      double confidence,
      long seed) {
    TreeSet<Integer> common = new TreeSet<>(first.keySet());
    common.retainAll(second.keySet());
    int all = common.size();
    common.removeIf(block -> first.get(block).saturated() || second.get(block).saturated());
    Map<BlockMetric, PairedDifference> differences = new EnumMap<>(BlockMetric.class);
    for (BlockMetric metric : BlockMetric.values()) {
      double[] shifts =
          common.stream()
              .filter(block -> first.get(block).values().containsKey(metric))
              .filter(block -> second.get(block).values().containsKey(metric))
              .mapToDouble(
                  block ->
                      Math.log(second.get(block).values().get(metric))
                          - Math.log(first.get(block).values().get(metric)))
              .toArray();
      if (shifts.length > 0 && shifts.length == common.size()) {
        differences.put(metric, PairedDifference.of(shifts, confidence, seed));
      }
    }
    return new BlockComparison(common.size(), all - common.size(), differences);
  }
}
