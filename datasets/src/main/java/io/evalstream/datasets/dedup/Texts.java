package io.evalstream.datasets.dedup;

import java.text.Normalizer;
import java.util.Locale;

/** The forms in which texts are compared. */
final class Texts {

  private static final int ZERO_WIDTH_SPACE = 0x200B;
  private static final int ZERO_WIDTH_NO_BREAK_SPACE = 0xFEFF;

  private Texts() {}

  /** Form C, without white space at the ends, one space for every run of it. */
  static String composed(String text) {
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    StringBuilder out = new StringBuilder(composed.length());
    boolean gap = false;
    for (int at = 0; at < composed.length(); at++) {
      char c = composed.charAt(at);
      if (isSpace(c)) {
        gap = out.length() > 0;
      } else {
        if (gap) {
          out.append(' ');
          gap = false;
        }
        out.append(c);
      }
    }
    return out.length() == text.length() && text.contentEquals(out) ? text : out.toString();
  }

  /** The same without case, by Unicode's rules and not a language's. */
  static String normalized(String composed) {
    String lower = composed.toLowerCase(Locale.ROOT);
    if (Normalizer.isNormalized(lower, Normalizer.Form.NFC)) {
      return lower;
    }
    return Normalizer.normalize(lower, Normalizer.Form.NFC);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || c == ZERO_WIDTH_SPACE
        || c == ZERO_WIDTH_NO_BREAK_SPACE;
  }
}
