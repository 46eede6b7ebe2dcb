package io.evalstream.datasets.dedup;

import io.evalstream.datasets.dedup.Difference.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds what sets the meaning of two similar texts apart. The rules are made so that doubt keeps
 * both texts: what they take for a name may be none. They do not find every difference in meaning.
 */
final class Differences {

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}]*");
  private static final Pattern CAPITALISED = Pattern.compile("(?=\\p{IsLatin})\\p{Lu}.*");

  /** Words that begin English questions and commands, and are no names there. */
  private static final Set<String> OPENERS =
      Set.of(
          ("a an the this that these those there here it its he she they we you i his her their our"
                  + " your my what which who whom whose when where why how is are was were do does"
                  + " did can could will would should shall may might must has have had in on at of"
                  + " for from to with by as if and or but so then thus not no each every all some"
                  + " any many much more most both either neither after before since while during"
                  + " because although though however than given let suppose assume find calculate"
                  + " compute determine solve evaluate choose select identify explain describe"
                  + " consider based according following please tell show give list write")
              .split(" "));

  private static final Pattern NEGATION =
      Pattern.compile(
          "\\b(?:not|no|never|none|neither|nor|cannot|except|without)\\b|n['’]t\\b"
              + "|(?<![가-힣])(?:안|못)(?![가-힣])|않|없");

  private Differences() {}

  /** What differs between two texts in their composed form, the same in either order. */
  static List<Difference> between(String one, String other) {
    List<Difference> differences = new ArrayList<>();
    sequences(Kind.NUMBER, Numerals.of(one), Numerals.of(other)).ifPresent(differences::add);
    List<String> words = words(one);
    List<String> otherWords = words(other);
    names(words, otherWords).ifPresent(differences::add);
    KoreanNouns.replaced(words, otherWords).ifPresent(differences::add);
    sequences(Kind.NEGATION, negations(one), negations(other)).ifPresent(differences::add);
    return List.copyOf(differences);
  }

  /** Capitalised Latin words, where one text has others than the other, or in another order. */
  private static Optional<Difference> names(List<String> words, List<String> otherWords) {
    Set<String> names = new HashSet<>();
    collectNames(words, names);
    collectNames(otherWords, names);
    return sequences(Kind.NAME, mentions(words, names), mentions(otherWords, names));
  }

  private static void collectNames(List<String> words, Set<String> names) {
    for (String word : words) {
      String lower = word.toLowerCase(Locale.ROOT);
      if (CAPITALISED.matcher(word).matches() && !OPENERS.contains(lower)) {
        names.add(lower);
      }
    }
  }

  private static List<String> mentions(List<String> words, Set<String> names) {
    return words.stream().map(w -> w.toLowerCase(Locale.ROOT)).filter(names::contains).toList();
  }

  private static List<String> negations(String text) {
    return NEGATION
        .matcher(text.toLowerCase(Locale.ROOT))
        .results()
        .map(MatchResult::group)
        .toList();
  }

  private static List<String> words(String text) {
    return WORD.matcher(text).results().map(MatchResult::group).toList();
  }

  /** What is between the parts that both sequences begin and end with. */
  private static Optional<Difference> sequences(Kind kind, List<String> one, List<String> other) {
    if (one.equals(other)) {
      return Optional.empty();
    }
    int shorter = Math.min(one.size(), other.size());
    int start = 0;
    while (start < shorter && one.get(start).equals(other.get(start))) {
      start++;
    }
    int end = 0;
    while (end < shorter - start
        && one.get(one.size() - 1 - end).equals(other.get(other.size() - 1 - end))) {
      end++;
    }
    return Optional.of(
        new Difference(
            kind,
            String.join(" ", one.subList(start, one.size() - end)),
            String.join(" ", other.subList(start, other.size() - end))));
  }
}
