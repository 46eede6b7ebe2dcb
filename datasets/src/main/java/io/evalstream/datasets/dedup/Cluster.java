package io.evalstream.datasets.dedup;

import java.util.List;

/**
 * Rows that count as one: each is paired with another of them, not necessarily with every other.
 *
 * @param kept the first in {@link Document}'s order; the one that stays
 * @param dropped the others
 */
public record Cluster(Document kept, List<Dropped> dropped) {

  /** Copies its list. */
  public Cluster {
    dropped = List.copyOf(dropped);
  }

  /**
   * A row that goes.
   *
   * @param document the row
   * @param exact whether its text is that of a row before it in the cluster
   * @param distance to the row that is kept; may exceed the threshold where others stand between
   */
  public record Dropped(Document document, boolean exact, double distance) {}
}
