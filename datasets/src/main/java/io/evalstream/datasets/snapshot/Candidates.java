package io.evalstream.datasets.snapshot;

import io.evalstream.datasets.Sha256;
import io.evalstream.datasets.snapshot.anonymize.Language;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Draws a sample that depends on a seed and on what is there, not on its order: of each language
 * those whose hashes are smallest. Texts that are equal but for case and space are one.
 */
final class Candidates {

  /** A row, what proves it, and its place in the draw. */
  record Candidate(SnapshotRow row, Proof proof, String place) {}

  private final long seed;
  private final int most;
  private final Map<Language, TreeMap<String, Candidate>> smallest = new EnumMap<>(Language.class);
  private final Map<Language, Long> seen = new EnumMap<>(Language.class);

  /**
   * @param most how many of each language are kept
   */
  Candidates(long seed, int most) {
    this.seed = seed;
    this.most = most;
    for (Language language : Language.values()) {
      smallest.put(language, new TreeMap<>());
      seen.put(language, 0L);
    }
  }

  void add(Language language, SnapshotRow row, Proof proof) {
    seen.merge(language, 1L, Long::sum);
    String text = row.prompt().toLowerCase(Locale.ROOT).strip().replaceAll("\\s+", " ");
    String place = Sha256.of(seed + "\n" + text);
    TreeMap<String, Candidate> kept = smallest.get(language);
    if (kept.size() == most && place.compareTo(kept.lastKey()) > 0) {
      return;
    }
    kept.merge(
        place,
        new Candidate(row, proof, place),
        (a, b) -> a.row().id().compareTo(b.row().id()) <= 0 ? a : b);
    if (kept.size() > most) {
      kept.pollLastEntry();
    }
  }

  /** What is kept, by place. */
  List<Candidate> all() {
    return smallest.values().stream()
        .flatMap(kept -> kept.values().stream())
        .sorted(Comparator.comparing(Candidate::place))
        .toList();
  }

  /**
   * Draws, each language in proportion to its rows in the log as far as it reaches.
   *
   * @param from some of {@link #all}
   */
  List<Candidate> draw(List<Candidate> from, int size) {
    long total = seen.values().stream().mapToLong(Long::longValue).sum();
    List<Candidate> drawn = new ArrayList<>();
    List<Candidate> rest = new ArrayList<>();
    for (Language language : Language.values()) {
      long share = total == 0 ? 0 : (2L * size * seen.get(language) + total) / (2 * total);
      List<Candidate> own =
          from.stream().filter(c -> c.row().language().equals(language.code())).toList();
      int taken = (int) Math.min(own.size(), Math.min(share, size - drawn.size()));
      drawn.addAll(own.subList(0, taken));
      rest.addAll(own.subList(taken, own.size()));
    }
    rest.sort(Comparator.comparing(Candidate::place));
    drawn.addAll(rest.subList(0, Math.min(rest.size(), size - drawn.size())));
    drawn.sort(Comparator.comparing(Candidate::place));
    return drawn;
  }
}
