package io.evalstream.datasets.dedup;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The numbers of a text in their order: digits of any script, fractions and powers, signs of
 * calculation, English number words from two on, Korean numerals before a counter. One is left out
 * in words, where it is mostly an article.
 */
final class Numerals {

  private static final Map<String, String> ENGLISH =
      Map.ofEntries(
          Map.entry("zero", "0"),
          Map.entry("two", "2"),
          Map.entry("three", "3"),
          Map.entry("four", "4"),
          Map.entry("five", "5"),
          Map.entry("six", "6"),
          Map.entry("seven", "7"),
          Map.entry("eight", "8"),
          Map.entry("nine", "9"),
          Map.entry("ten", "10"),
          Map.entry("eleven", "11"),
          Map.entry("twelve", "12"),
          Map.entry("thirteen", "13"),
          Map.entry("fourteen", "14"),
          Map.entry("fifteen", "15"),
          Map.entry("sixteen", "16"),
          Map.entry("seventeen", "17"),
          Map.entry("eighteen", "18"),
          Map.entry("nineteen", "19"),
          Map.entry("twenty", "20"),
          Map.entry("thirty", "30"),
          Map.entry("forty", "40"),
          Map.entry("fifty", "50"),
          Map.entry("sixty", "60"),
          Map.entry("seventy", "70"),
          Map.entry("eighty", "80"),
          Map.entry("ninety", "90"),
          Map.entry("hundred", "100"),
          Map.entry("thousand", "1000"),
          Map.entry("million", "1000000"),
          Map.entry("billion", "1000000000"),
          Map.entry("dozen", "12"),
          Map.entry("half", "1/2"),
          Map.entry("third", "third"),
          Map.entry("quarter", "quarter"),
          Map.entry("once", "once"),
          Map.entry("twice", "twice"),
          Map.entry("double", "double"),
          Map.entry("triple", "triple"));

  private static final Map<String, Integer> NATIVE =
      Map.ofEntries(
          Map.entry("두", 2),
          Map.entry("둘", 2),
          Map.entry("세", 3),
          Map.entry("셋", 3),
          Map.entry("석", 3),
          Map.entry("네", 4),
          Map.entry("넷", 4),
          Map.entry("넉", 4),
          Map.entry("다섯", 5),
          Map.entry("여섯", 6),
          Map.entry("일곱", 7),
          Map.entry("여덟", 8),
          Map.entry("아홉", 9),
          Map.entry("열", 10),
          Map.entry("열한", 11),
          Map.entry("열두", 12),
          Map.entry("열세", 13),
          Map.entry("열네", 14),
          Map.entry("스무", 20),
          Map.entry("스물", 20),
          Map.entry("서른", 30),
          Map.entry("마흔", 40),
          Map.entry("쉰", 50));

  private static final String DIGITS = "\\p{Nd}+(?:[.,]\\p{Nd}+)*[십백천만억조]*";
  private static final String SIGNS =
      "[\\p{No}\\p{Nl}+×÷*/<>=≤≥≠^%√$€£₩°]|(?<=^|[\\s(=])[-−–](?=\\s?\\p{Nd})";
  private static final String WORDS = "\\b(?:" + String.join("|", ENGLISH.keySet()) + ")\\b";
  private static final String NATIVE_COUNTED =
      "(?<![가-힣])(?:"
          + String.join("|", NATIVE.keySet())
          + ")(?= ?(?:명|개|번|시|달|살|권|대|마리|장|잔|병|줄|곳|군데|가지|사람|분|주|째|끼|단계|배|쪽|켤레|그루|송이))";
  private static final String SINO = "[일이삼사오육칠팔구십백천만억조]";
  private static final String SINO_COUNTED =
      "(?<![가-힣])(?:"
          + SINO
          + "(?=(?:월|층|단계|학년|퍼센트|개월|등급|주년|차원|년대))|"
          + SINO
          + "{2,}(?=(?:월|년|층|원|분|초|도|번|호|단계|점|위|퍼센트|프로|일|주|개월|회|학년|기가|미터|킬로|명|개|세)))";

  private static final Pattern NUMERAL =
      Pattern.compile(
          "("
              + DIGITS
              + ")|("
              + SIGNS
              + ")|("
              + WORDS
              + ")|("
              + NATIVE_COUNTED
              + ")|("
              + SINO_COUNTED
              + ")");

  private Numerals() {}

  static List<String> of(String text) {
    return NUMERAL
        .matcher(text.toLowerCase(Locale.ROOT))
        .results()
        .map(Numerals::canonical)
        .toList();
  }

  private static String canonical(MatchResult found) {
    String text = found.group();
    if (found.group(1) != null) {
      return digits(text);
    }
    if (found.group(3) != null) {
      return ENGLISH.get(text);
    }
    if (found.group(4) != null) {
      return Integer.toString(NATIVE.get(text));
    }
    return found.group(5) != null ? Long.toString(sino(text)) : text;
  }

  /** Digits of any script as ASCII, without separators of thousands. */
  private static String digits(String text) {
    StringBuilder digits = new StringBuilder();
    text.codePoints()
        .filter(c -> c != ',')
        .forEach(
            c -> {
              if (Character.isDigit(c)) {
                digits.append(Character.digit(c, 10));
              } else {
                digits.appendCodePoint(c);
              }
            });
    return digits.toString();
  }

  /** The value of a Sino-Korean numeral. */
  private static long sino(String text) {
    long total = 0;
    long section = 0;
    long digit = 0;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      int value = "일이삼사오육칠팔구".indexOf(c) + 1;
      int small = "십백천".indexOf(c) + 1;
      int large = "만억조".indexOf(c) + 1;
      if (value > 0) {
        digit = value;
      } else if (small > 0) {
        section += Math.max(digit, 1) * power(10, small);
        digit = 0;
      } else {
        total += Math.max(section + digit, 1) * power(10_000, large);
        section = 0;
        digit = 0;
      }
    }
    return total + section + digit;
  }

  private static long power(long base, int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= base;
    }
    return power;
  }
}
