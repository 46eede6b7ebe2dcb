package io.evalstream.statistics.verdict;

/**
 * The items so far of a cluster that is not complete.
 *
 * @param sum of their differences
 * @param scored those that have one
 * @param left how many are still to come
 */
public record ClusterSum(double sum, int scored, int left) {

  static final ClusterSum NONE = new ClusterSum(0, 0, -1);

  ClusterSum with(double difference, int size) {
    if (size < 1) {
      throw new IllegalArgumentException("the size of a cluster is " + size + ": give 1 or more");
    }
    boolean has = !Double.isNaN(difference);
    return new ClusterSum(
        has ? sum + difference : sum, has ? scored + 1 : scored, (left < 0 ? size : left) - 1);
  }

  boolean complete() {
    return left == 0;
  }
}
