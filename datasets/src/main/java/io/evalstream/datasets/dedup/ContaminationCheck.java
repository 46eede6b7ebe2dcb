package io.evalstream.datasets.dedup;

import io.evalstream.datasets.DatasetException;
import io.evalstream.datasets.dedup.Contamination.Kind;
import io.evalstream.datasets.dedup.Contamination.Match;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Looks for the rows of a benchmark in other rows: in another benchmark, in few-shot examples, in
 * training data. Finds those that are the same or near, as {@link Deduplicator} does, and those
 * that a part of a longer row says with few edits. Does not find translations or paraphrases.
 */
public final class ContaminationCheck {

  private final DeduplicationOptions options;

  public ContaminationCheck(DeduplicationOptions options) {
    this.options = options;
  }

  /** Numbers of a benchmark's text and of another's. */
  private record Place(int text, int other) {}

  /**
   * Looks for a benchmark in other rows; uses all processors.
   *
   * @param benchmark whose rows are looked for
   * @param others where they are looked for
   * @throws DatasetException when there are more candidates than the options allow
   */
  public Contamination check(List<Document> benchmark, List<Document> others) {
    UniqueTexts texts = new UniqueTexts(benchmark);
    UniqueTexts otherTexts = new UniqueTexts(others);
    List<Match> matches = Collections.synchronizedList(new ArrayList<>());
    Set<Place> near = Collections.synchronizedSet(new HashSet<>());
    findNear(texts, otherTexts, matches, near);
    findContained(texts, otherTexts, matches, near);
    matches.sort(Match.ORDER);
    return new Contamination(options, benchmark.size(), others.size(), matches);
  }

  private void findNear(
      UniqueTexts texts, UniqueTexts otherTexts, List<Match> matches, Set<Place> near) {
    List<String> all = new ArrayList<>(texts.texts());
    all.addAll(otherTexts.texts());
    EditDistance distances = new EditDistance(options.distance());
    int border = texts.size();
    new CandidatePairs(new BandKeys(all, options.bands(), options.rows()), options.candidates())
        .forEachAcross(
            border,
            (first, second) -> {
              OptionalDouble distance = distances.between(all.get(first), all.get(second));
              if (distance.isPresent()) {
                near.add(new Place(first, second - border));
                Kind kind = distance.getAsDouble() == 0 ? Kind.EXACT : Kind.NEAR;
                add(
                    matches,
                    kind,
                    texts.documents(first),
                    otherTexts.first(second - border),
                    distance);
              }
            });
  }

  private void findContained(
      UniqueTexts texts, UniqueTexts otherTexts, List<Match> matches, Set<Place> near) {
    GramIndex index = new GramIndex(texts.texts());
    EditDistance distances = new EditDistance(options.distance());
    IntStream.range(0, otherTexts.size())
        .parallel()
        .forEach(
            other -> {
              String longer = otherTexts.text(other);
              for (int text : index.probablyIn(longer)) {
                if (texts.text(text).length() < longer.length()
                    && !near.contains(new Place(text, other))) {
                  OptionalDouble distance = distances.within(texts.text(text), longer);
                  if (distance.isPresent()) {
                    add(
                        matches,
                        Kind.CONTAINED,
                        texts.documents(text),
                        otherTexts.first(other),
                        distance);
                  }
                }
              }
            });
  }

  private static void add(
      List<Match> matches,
      Kind kind,
      List<Document> rows,
      Document other,
      OptionalDouble distance) {
    for (Document row : rows) {
      List<Difference> differences =
          kind == Kind.CONTAINED ? List.of() : Differences.between(row.text(), other.text());
      matches.add(new Match(kind, row, other, distance.getAsDouble(), differences));
    }
  }
}
