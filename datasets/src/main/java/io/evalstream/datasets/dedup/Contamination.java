package io.evalstream.datasets.dedup;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What of a benchmark is in other rows.
 *
 * @param options how it was looked for
 * @param rows rows of the benchmark
 * @param others rows it was compared with
 * @param matches in the order of the benchmark's rows; copies of the other row are given once
 */
public record Contamination(
    DeduplicationOptions options, long rows, long others, List<Match> matches) {

  /** How it is done, for reports. */
  public static final String METHOD = "minhash-lsh+levenshtein, 8-grams+sellers";

  /** How a row is in another, the clearest first. */
  public enum Kind {
    /** The same after normalisation. */
    EXACT,
    /** Closer than the distance. */
    NEAR,
    /** A part of the other row is closer than the distance. */
    CONTAINED
  }

  /**
   * A row and where it was found.
   *
   * @param kind how
   * @param row of the benchmark
   * @param other where it was found
   * @param distance edits by the length of the longer text; by that of the row if it is contained
   * @param differences in numbers, names and negations, for the reader to judge; not looked for
   *     where a row is contained
   */
  public record Match(
      Kind kind, Document row, Document other, double distance, List<Difference> differences) {

    static final Comparator<Match> ORDER =
        Comparator.comparing(Match::row, Document.ORDER)
            .thenComparing(Match::kind)
            .thenComparingDouble(Match::distance)
            .thenComparing(Match::other, Document.ORDER);

    /** Copies its list. */
    public Match {
      differences = List.copyOf(differences);
    }
  }

  /** Copies its list. */
  public Contamination {
    matches = List.copyOf(matches);
  }

  /** Rows of the benchmark whose clearest match is of this kind. */
  public long rows(Kind kind) {
    return matches.stream()
        .collect(
            Collectors.toMap(
                Match::row, Match::kind, (one, other) -> one.compareTo(other) < 0 ? one : other))
        .values()
        .stream()
        .filter(kind::equals)
        .count();
  }
}
