package io.evalstream.datasets.dedup;

import java.util.List;

/**
 * Two rows that are the same or nearly so, and what was made of them. Copies of a text are each
 * paired with the first row that has it; near texts are paired by their first rows.
 *
 * @param first the earlier in {@link Document}'s order
 * @param second the later
 * @param match whether they are the same
 * @param distance edits by the length of the longer text, both normalised
 * @param decision what was made of them
 * @param differences why they were kept apart, if they were
 */
public record Pair(
    Document first,
    Document second,
    Match match,
    double distance,
    Decision decision,
    List<Difference> differences) {

  /** How alike two texts are. */
  public enum Match {
    /** The same after normalisation. */
    EXACT,
    /** Closer than the distance. */
    NEAR
  }

  /** What was made of a pair. */
  public enum Decision {
    /** They are in one cluster. */
    MERGED,
    /** Their numbers, names or negations differ. */
    BLOCKED,
    /** Merging them would have joined a blocked pair by way of others. */
    BLOCKED_BY_CLUSTER
  }

  /** Copies its list. */
  public Pair {
    differences = List.copyOf(differences);
  }
}
