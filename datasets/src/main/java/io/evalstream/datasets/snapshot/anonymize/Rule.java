package io.evalstream.datasets.snapshot.anonymize;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One way to find personal data.
 *
 * @param id a name that is never given to another rule
 * @param version grows with every change of what is found
 * @param category what is found
 * @param finder where it stands in a normalised text, in order and without overlaps
 */
public record Rule(String id, int version, Category category, Function<String, List<Span>> finder) {

  public Rule {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(category, "category");
    Objects.requireNonNull(finder, "finder");
  }

  /** A rule that removes what a pattern matches, or its group {@code v} where it has one. */
  static Rule matching(String id, int version, Category category, String regex) {
    return matching(id, version, category, regex, value -> true);
  }

  /** The same, for values that pass a check. */
  static Rule matching(
      String id, int version, Category category, String regex, Predicate<String> check) {
    Pattern pattern = Pattern.compile(regex);
    boolean group = regex.contains("(?<v>");
    return new Rule(
        id,
        version,
        category,
        text ->
            pattern
                .matcher(text)
                .results()
                .map(m -> group ? new Span(m.start(1), m.end(1)) : new Span(m.start(), m.end()))
                .filter(span -> check.test(text.substring(span.start(), span.end())))
                .toList());
  }

  List<Span> find(String text) {
    return finder.apply(text);
  }
}
