package io.evalstream.datasets.dedup;

import io.evalstream.datasets.DatasetException;
import io.evalstream.datasets.dedup.Pair.Decision;
import io.evalstream.datasets.dedup.Pair.Match;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Finds rows that are the same or nearly so in one dataset or across many, and keeps one of each.
 *
 * <p>Texts that are the same after normalisation are found by SHA-256, all of them. Near ones are
 * those whose edit distance is under the threshold; they are looked for by MinHash over character
 * 3-grams, which misses some. Clusters are unions of near pairs, nearest first; a pair whose
 * numbers, names or negations differ is never in one.
 */
public final class Deduplicator {

  private static final double ANY = 2;

  private final DeduplicationOptions options;

  public Deduplicator(DeduplicationOptions options) {
    this.options = options;
  }

  /** Two numbered texts, the lower number first, and their distance. */
  private record Near(int first, int second, double distance) {}

  /**
   * Looks for duplicates; uses all processors.
   *
   * @param documents in any order, no row twice
   * @throws DatasetException when there are more candidates than the options allow
   */
  public Deduplication run(List<Document> documents) {
    UniqueTexts texts = new UniqueTexts(documents);
    CandidatePairs candidates =
        new CandidatePairs(
            new BandKeys(texts.texts(), options.bands(), options.rows()), options.candidates());
    Clusters clusters = new Clusters(texts.size());
    List<Pair> pairs = new ArrayList<>();
    for (int text = 0; text < texts.size(); text++) {
      List<Document> same = texts.documents(text);
      for (Document copy : same.subList(1, same.size())) {
        pairs.add(new Pair(same.get(0), copy, Match.EXACT, 0, Decision.MERGED, List.of()));
      }
    }
    pairs.addAll(decide(near(texts, candidates), texts, clusters));
    pairs.sort(
        Comparator.comparing(Pair::first, Document.ORDER)
            .thenComparing(Pair::second, Document.ORDER));
    return new Deduplication(
        options, documents.size(), candidates.count(), pairs, members(texts, clusters));
  }

  private List<Near> near(UniqueTexts texts, CandidatePairs candidates) {
    EditDistance distances = new EditDistance(options.distance());
    List<Near> near = Collections.synchronizedList(new ArrayList<>());
    candidates.forEach(
        (first, second) -> {
          OptionalDouble distance = distances.between(texts.text(first), texts.text(second));
          if (distance.isPresent()) {
            near.add(new Near(first, second, distance.getAsDouble()));
          }
        });
    near.sort(
        Comparator.comparingDouble(Near::distance)
            .thenComparingInt(Near::first)
            .thenComparingInt(Near::second));
    return near;
  }

  /** All that must stay apart is known before anything is joined. */
  private static List<Pair> decide(List<Near> nearest, UniqueTexts texts, Clusters clusters) {
    List<Pair> pairs = new ArrayList<>();
    List<Near> free = new ArrayList<>();
    for (Near near : nearest) {
      Document first = texts.first(near.first());
      Document second = texts.first(near.second());
      List<Difference> differences = Differences.between(first.text(), second.text());
      if (differences.isEmpty()) {
        free.add(near);
      } else {
        clusters.keepApart(near.first(), near.second());
        pairs.add(
            new Pair(first, second, Match.NEAR, near.distance(), Decision.BLOCKED, differences));
      }
    }
    for (Near near : free) {
      Decision decision =
          clusters.join(near.first(), near.second())
              ? Decision.MERGED
              : Decision.BLOCKED_BY_CLUSTER;
      pairs.add(
          new Pair(
              texts.first(near.first()),
              texts.first(near.second()),
              Match.NEAR,
              near.distance(),
              decision,
              List.of()));
    }
    return pairs;
  }

  private static List<Cluster> members(UniqueTexts texts, Clusters clusters) {
    EditDistance distances = new EditDistance(ANY);
    Map<Integer, List<Integer>> byRoot = new TreeMap<>();
    for (int text = 0; text < texts.size(); text++) {
      byRoot.computeIfAbsent(clusters.root(text), root -> new ArrayList<>()).add(text);
    }
    List<Cluster> found = new ArrayList<>();
    byRoot.forEach(
        (root, members) -> {
          List<Cluster.Dropped> dropped = new ArrayList<>();
          for (int member : members) {
            double distance = distances.between(texts.text(root), texts.text(member)).orElse(1);
            List<Document> same = texts.documents(member);
            for (int at = member == root ? 1 : 0; at < same.size(); at++) {
              dropped.add(new Cluster.Dropped(same.get(at), at > 0, distance));
            }
          }
          if (!dropped.isEmpty()) {
            found.add(new Cluster(texts.first(root), dropped));
          }
        });
    return found;
  }
}
