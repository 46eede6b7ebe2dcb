package io.evalstream.datasets.dedup;

import io.evalstream.datasets.dedup.Pair.Decision;
import java.util.List;

/**
 * What looking for duplicates found.
 *
 * @param options how it was looked for
 * @param before rows there were
 * @param candidates pairs of different texts whose distance was measured
 * @param pairs all that are the same or near, whatever was made of them, in {@link Document}'s
 *     order
 * @param clusters those of two rows or more, in {@link Document}'s order
 */
public record Deduplication(
    DeduplicationOptions options,
    long before,
    long candidates,
    List<Pair> pairs,
    List<Cluster> clusters) {

  /** How it is done, for manifests and reports. */
  public static final String METHOD = "sha256+minhash-lsh+levenshtein";

  /** Copies its lists. */
  public Deduplication {
    pairs = List.copyOf(pairs);
    clusters = List.copyOf(clusters);
  }

  /** Rows that stay. */
  public long after() {
    return before - exact() - near();
  }

  /** Rows dropped because another had the same text. */
  public long exact() {
    return dropped(true);
  }

  /** Rows dropped because another had nearly the same text. */
  public long near() {
    return dropped(false);
  }

  /** Pairs that are near and were kept apart. */
  public long blocked() {
    return pairs.stream().filter(pair -> pair.decision() != Decision.MERGED).count();
  }

  private long dropped(boolean exact) {
    return clusters.stream()
        .flatMap(cluster -> cluster.dropped().stream())
        .filter(dropped -> dropped.exact() == exact)
        .count();
  }
}
