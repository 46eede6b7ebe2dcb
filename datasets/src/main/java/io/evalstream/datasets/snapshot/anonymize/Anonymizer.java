package io.evalstream.datasets.snapshot.anonymize;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Replaces personal data by placeholders, the same value by the same one within a text. All else
 * stays as it was, character by character. Not thread-safe, as its {@link Fingerprint} is not.
 */
public final class Anonymizer {

  /** The longest text, in UTF-16 units. */
  public static final int LONGEST = 100_000;

  /** All rules, in the order in which they are tried. */
  public static final List<Rule> RULES =
      Stream.of(
              SecretRules.all(),
              ContactRules.emails(),
              NumberRules.all(),
              AddressRules.all(),
              ContactRules.all(),
              NumberRules.accounts(),
              NameRules.all())
          .flatMap(List::stream)
          .toList();

  /** Finds names again that another rule found elsewhere in the text. */
  static final String REPEATED = "name.repeated";

  private static final int REPEATED_VERSION = 1;
  private static final char MASK = '\uE000';
  private static final int MOST_PASSES = 8;

  private final Fingerprint fingerprint;

  public Anonymizer(Fingerprint fingerprint) {
    this.fingerprint = fingerprint;
  }

  /** Anonymises a text; the outcome says when it must not be let out all the same. */
  public Anonymized anonymize(String text) {
    if (text.length() > LONGEST) {
      return new Anonymized("", Language.OTHER, List.of(), Risk.TOO_LONG);
    }
    Pass pass = new Pass(text);
    Anonymized anonymized = pass.replace();
    Pass again = new Pass(anonymized.text());
    Risk risk = again.found.isEmpty() ? Risk.of(again.masked.toString()) : Risk.UNSTABLE;
    return new Anonymized(anonymized.text(), anonymized.language(), anonymized.changes(), risk);
  }

  private record Found(String rule, int version, Category category, Span span, String value) {}

  private final class Pass {

    private final String original;
    private final NormalizedText normalized;
    private final Language language;
    private final StringBuilder masked;
    private final List<Found> found = new ArrayList<>();
    private final Map<Category, Integer> highest = new EnumMap<>(Category.class);

    Pass(String original) {
      this.original = original;
      this.normalized = NormalizedText.of(original);
      this.language = Language.of(normalized.text());
      this.masked = new StringBuilder(normalized.text());
      Matcher placeholder = Category.PLACEHOLDER.matcher(normalized.text());
      while (placeholder.find()) {
        mask(placeholder.start(), placeholder.end());
        for (Category category : Category.values()) {
          for (int n = 1; n < 1000 && highest.getOrDefault(category, 0) < n; n++) {
            if (placeholder.group().equals(category.placeholder(language, n))) {
              highest.put(category, n);
            }
          }
        }
      }
      int before = -1;
      for (int i = 0; i < MOST_PASSES && before < found.size(); i++) {
        before = found.size();
        RULES.forEach(this::apply);
        repeated();
      }
    }

    private void apply(Rule rule) {
      for (Span span : rule.find(masked.toString())) {
        take(rule.id(), rule.version(), rule.category(), span, null);
      }
    }

    /** Takes what of a span nobody has taken yet. */
    private void take(String rule, int version, Category category, Span span, String value) {
      int at = span.start();
      while (at < span.end()) {
        int end = at;
        while (end < span.end() && masked.charAt(end) != MASK) {
          end++;
        }
        String piece = normalized.text().substring(at, end);
        if (piece.chars().anyMatch(Character::isLetterOrDigit)) {
          found.add(
              new Found(
                  rule,
                  version,
                  category,
                  new Span(at, end),
                  value == null ? canonical(category, piece) : value));
          mask(at, end);
        }
        at = end + 1;
      }
    }

    private void mask(int start, int end) {
      for (int i = start; i < end; i++) {
        masked.setCharAt(i, MASK);
      }
    }

    private void repeated() {
      for (Found name : List.copyOf(found)) {
        if (name.category() != Category.NAME) {
          continue;
        }
        String value = normalized.text().substring(name.span().start(), name.span().end());
        boolean korean = Language.of(value) == Language.KOREAN;
        if (korean && value.length() < 3) {
          continue;
        }
        Stream<String> words =
            korean
                ? Stream.of(value)
                : Stream.concat(Stream.of(value), Stream.of(value.split("\\s", -1)))
                    .filter(word -> word.length() > 2 && Character.isUpperCase(word.charAt(0)));
        for (String word : words.distinct().toList()) {
          Pattern pattern =
              Pattern.compile(
                  korean
                      ? Pattern.quote(word)
                      : "(?<![\\p{L}\\p{N}])" + Pattern.quote(word) + "(?![\\p{L}\\p{N}])");
          List<Span> spans =
              pattern.matcher(masked).results().map(m -> new Span(m.start(), m.end())).toList();
          spans.forEach(
              span -> take(REPEATED, REPEATED_VERSION, Category.NAME, span, name.value()));
        }
      }
    }

    Anonymized replace() {
      found.sort(Comparator.comparingInt(f -> f.span().start()));
      Map<String, String> placeholders = new HashMap<>();
      List<Change> changes = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      int at = 0;
      for (Found one : found) {
        Span span = normalized.original(one.span());
        String placeholder =
            placeholders.computeIfAbsent(
                one.category() + " " + one.value(),
                key ->
                    one.category()
                        .placeholder(language, highest.merge(one.category(), 1, Integer::sum)));
        int start = Math.max(at, span.start());
        text.append(original, at, start);
        changes.add(
            new Change(
                one.rule(),
                one.version(),
                start,
                Math.max(span.end(), start) - start,
                placeholder,
                text.length(),
                fingerprint.of(one.category().name(), one.value())));
        text.append(placeholder);
        at = Math.max(span.end(), start);
      }
      text.append(original, at, original.length());
      return new Anonymized(text.toString(), language, changes, null);
    }
  }

  /** One form for what is written in several ways. */
  private static String canonical(Category category, String value) {
    return switch (category) {
      case PHONE, CARD, ACCOUNT, RESIDENT_NUMBER, BUSINESS_NUMBER ->
          value.replaceAll("[^\\p{L}\\p{N}]", "");
      case EMAIL, HANDLE -> value.toLowerCase(Locale.ROOT);
      default -> value.replaceAll("\\s+", " ");
    };
  }
}
