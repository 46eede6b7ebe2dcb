package io.evalstream.datasets.snapshot.anonymize;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * A text as the rules see it, and where each of its characters came from: compatibility composed
 * (NFKC, so full-width forms and decomposed Hangul are gone), without invisible characters, with
 * ASCII digits, one kind of dash and one kind of space.
 */
final class NormalizedText {

  private final String text;
  private final int[] starts;
  private final int[] ends;

  private NormalizedText(String text, int[] starts, int[] ends) {
    this.text = text;
    this.starts = starts;
    this.ends = ends;
  }

  static NormalizedText of(String original) {
    Builder builder = new Builder(original);
    int at = 0;
    while (at < original.length()) {
      at = builder.cluster(at);
    }
    return builder.build();
  }

  String text() {
    return text;
  }

  /** Where a span of {@link #text} stands in the original. */
  Span original(Span span) {
    return new Span(starts[span.start()], ends[span.end() - 1]);
  }

  private static final class Builder {

    private final String original;
    private final StringBuilder text = new StringBuilder();
    private int[] starts;
    private int[] ends;
    private int filled;

    Builder(String original) {
      this.original = original;
      this.starts = new int[original.length() + 16];
      this.ends = new int[original.length() + 16];
    }

    /** Takes a character and all that combines with it; gives where the next one starts. */
    int cluster(int start) {
      StringBuilder cluster = new StringBuilder();
      int at = start;
      int end = start;
      while (at < original.length()) {
        int c = original.codePointAt(at);
        if (!invisible(c)) {
          if (!cluster.isEmpty() && !continues(c)) {
            break;
          }
          cluster.appendCodePoint(c);
          end = at + Character.charCount(c);
        } else if (cluster.isEmpty()) {
          return at + Character.charCount(c);
        }
        at += Character.charCount(c);
      }
      String composed = Normalizer.normalize(cluster, Normalizer.Form.NFKC);
      composed.codePoints().forEach(this::plain);
      for (; filled < text.length(); filled++) {
        place(filled, start, end);
      }
      return end;
    }

    private void place(int i, int start, int end) {
      if (i >= starts.length) {
        starts = Arrays.copyOf(starts, 2 * i);
        ends = Arrays.copyOf(ends, 2 * i);
      }
      starts[i] = start;
      ends[i] = end;
    }

    private void plain(int c) {
      if (invisible(c)) {
        return;
      }
      if (Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER) {
        text.append((char) ('0' + Character.digit(c, 10)));
      } else if (dash(c)) {
        text.append('-');
      } else if (c != '\n' && (Character.isWhitespace(c) || Character.isSpaceChar(c))) {
        text.append(' ');
      } else if (Character.getType(c) == Character.PRIVATE_USE) {
        text.append('\uFFFD');
      } else if (c == 0x2019 || c == 0x2018) {
        text.append('\'');
      } else if (c == '。') {
        text.append('.');
      } else {
        text.appendCodePoint(c);
      }
    }

    NormalizedText build() {
      return new NormalizedText(
          text.toString(), Arrays.copyOf(starts, filled), Arrays.copyOf(ends, filled));
    }

    /** Dashes, and the Hangul vowel that is typed in their place. */
    private static boolean dash(int c) {
      return Character.getType(c) == Character.DASH_PUNCTUATION
          || c == 0x2212
          || c == 'ㅡ'
          || c == 'ー'
          || c == 0x1173
          || c == 0x00AF;
    }

    private static boolean invisible(int c) {
      int type = Character.getType(c);
      return type == Character.FORMAT
          || type == Character.ENCLOSING_MARK
          || (type == Character.CONTROL && !Character.isWhitespace(c))
          || (c >= 0xFE00 && c <= 0xFE0F)
          || (c >= 0xE0100 && c <= 0xE01EF)
          || c == 0x034F
          || c == 0x115F
          || c == 0x1160
          || c == 0x3164
          || c == 0xFFA0;
    }

    /** Marks, and the vowels and finals that a decomposed syllable goes on with. */
    private static boolean continues(int c) {
      int type = Character.getType(c);
      return type == Character.NON_SPACING_MARK
          || type == Character.COMBINING_SPACING_MARK
          || (c >= 0x1161 && c <= 0x11FF);
    }
  }
}
