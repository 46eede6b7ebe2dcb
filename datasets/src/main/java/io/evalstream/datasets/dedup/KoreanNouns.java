package io.evalstream.datasets.dedup;

import io.evalstream.datasets.dedup.Difference.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Looks for a Korean noun that stands in one text where the other has a different one. Korean has
 * no capitals, so this takes any noun for a name: words of Hangul that replace each other one for
 * one, carry the same particle (or none, away from the end), and whose stems of two syllables or
 * more neither begin alike nor contain each other. Synonyms are taken for names too; a noun of one
 * syllable, one replaced by several words, and one that begins alike are not found.
 */
final class KoreanNouns {

  /** Particles, and under which name those count that differ only by the sound before them. */
  private static final Map<String, String> PARTICLES =
      Map.ofEntries(
          Map.entry("은", "는"),
          Map.entry("는", "는"),
          Map.entry("이", "가"),
          Map.entry("가", "가"),
          Map.entry("께서", "가"),
          Map.entry("을", "를"),
          Map.entry("를", "를"),
          Map.entry("과", "와"),
          Map.entry("와", "와"),
          Map.entry("이랑", "와"),
          Map.entry("랑", "와"),
          Map.entry("하고", "와"),
          Map.entry("으로", "로"),
          Map.entry("로", "로"),
          Map.entry("의", "의"),
          Map.entry("에", "에"),
          Map.entry("엔", "에"),
          Map.entry("에는", "에"),
          Map.entry("에서", "에서"),
          Map.entry("에서는", "에서"),
          Map.entry("에게", "에게"),
          Map.entry("한테", "에게"),
          Map.entry("께", "에게"),
          Map.entry("도", "도"),
          Map.entry("만", "만"),
          Map.entry("까지", "까지"),
          Map.entry("부터", "부터"),
          Map.entry("보다", "보다"),
          Map.entry("말고", "말고"),
          Map.entry("이나", "나"),
          Map.entry("나", "나"));

  private static final List<String> LONGEST_FIRST =
      PARTICLES.keySet().stream()
          .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(p -> p))
          .toList();

  private static final Pattern HANGUL = Pattern.compile("[가-힣]+");
  private static final Pattern VERBAL = Pattern.compile(".*(?:면|니까|려고|세요|시기|라고|말고|아요|어요|예요|에요)");
  private static final Set<Character> AFTER_VERB = Set.of('말', '마', '않');
  private static final int SHORTEST_STEM = 2;

  /** A word without its particle; the particle is empty when it has none. */
  private record Word(String stem, String particle) {

    static Word of(String word) {
      for (String particle : LONGEST_FIRST) {
        if (word.length() > particle.length() && word.endsWith(particle)) {
          return new Word(
              word.substring(0, word.length() - particle.length()), PARTICLES.get(particle));
        }
      }
      return new Word(word, "");
    }
  }

  private KoreanNouns() {}

  /** The first such noun, if there is any. */
  static Optional<Difference> replaced(List<String> words, List<String> otherWords) {
    for (int[] pair : replacements(words, otherWords)) {
      String one = words.get(pair[0]);
      String other = otherWords.get(pair[1]);
      if (!HANGUL.matcher(one).matches() || !HANGUL.matcher(other).matches()) {
        continue;
      }
      Word left = Word.of(one);
      Word right = Word.of(other);
      if (differ(left, right)
          && (!left.particle().isEmpty()
              || (nominal(words, pair[0], left) && nominal(otherWords, pair[1], right)))) {
        return Optional.of(new Difference(Kind.NAME, left.stem(), right.stem()));
      }
    }
    return Optional.empty();
  }

  private static boolean differ(Word left, Word right) {
    return left.particle().equals(right.particle())
        && Math.min(left.stem().length(), right.stem().length()) >= SHORTEST_STEM
        && left.stem().charAt(0) != right.stem().charAt(0)
        && !left.stem().contains(right.stem())
        && !right.stem().contains(left.stem());
  }

  /**
   * Whether a word without a particle can be a noun: verbs end the sentence, or end as verbs do.
   */
  private static boolean nominal(List<String> words, int at, Word word) {
    if (at == words.size() - 1 || VERBAL.matcher(word.stem()).matches()) {
      return false;
    }
    return !word.stem().endsWith("지") || !AFTER_VERB.contains(words.get(at + 1).charAt(0));
  }

  /** The positions of words that replace each other one for one between words in common. */
  private static List<int[]> replacements(List<String> one, List<String> other) {
    List<int[]> common = common(one, other);
    common.add(new int[] {one.size(), other.size()});
    List<int[]> replacements = new ArrayList<>();
    int left = 0;
    int right = 0;
    for (int[] next : common) {
      if (next[0] - left == next[1] - right) {
        for (int at = 0; at < next[0] - left; at++) {
          replacements.add(new int[] {left + at, right + at});
        }
      }
      left = next[0] + 1;
      right = next[1] + 1;
    }
    return replacements;
  }

  /** The positions of a longest common subsequence, in order. */
  private static List<int[]> common(List<String> one, List<String> other) {
    List<int[]> common = new ArrayList<>();
    int shorter = Math.min(one.size(), other.size());
    int start = 0;
    while (start < shorter && one.get(start).equals(other.get(start))) {
      common.add(new int[] {start, start});
      start++;
    }
    int end = 0;
    while (end < shorter - start
        && one.get(one.size() - 1 - end).equals(other.get(other.size() - 1 - end))) {
      end++;
    }
    int[][] lengths = new int[one.size() - end - start + 1][other.size() - end - start + 1];
    for (int left = lengths.length - 2; left >= 0; left--) {
      for (int right = lengths[0].length - 2; right >= 0; right--) {
        lengths[left][right] =
            one.get(start + left).equals(other.get(start + right))
                ? lengths[left + 1][right + 1] + 1
                : Math.max(lengths[left + 1][right], lengths[left][right + 1]);
      }
    }
    int left = 0;
    int right = 0;
    while (left < lengths.length - 1 && right < lengths[0].length - 1) {
      if (one.get(start + left).equals(other.get(start + right))) {
        common.add(new int[] {start + left++, start + right++});
      } else if (lengths[left + 1][right] >= lengths[left][right + 1]) {
        left++;
      } else {
        right++;
      }
    }
    for (int at = end; at > 0; at--) {
      common.add(new int[] {one.size() - at, other.size() - at});
    }
    return common;
  }
}
