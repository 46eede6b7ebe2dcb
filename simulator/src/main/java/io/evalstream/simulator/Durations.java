package io.evalstream.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as text: a number and one of {@code us}, {@code ms}, {@code s}; {@code 0} needs none.
 */
final class Durations {
  private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)(us|ms|s)");
  private static final BigDecimal LONGEST_NANOS = BigDecimal.valueOf(86_400_000_000_000L);

  private Durations() {}

  /**
   * Reads a duration of at most one day.
   *
   * @param item the configuration item, named in the error
   * @return nanoseconds, a multiple of a microsecond
   */
  static long parseNanos(String item, String text) {
    String trimmed = text == null ? "" : text.trim();
    if (trimmed.equals("0")) {
      return 0;
    }
    Matcher matcher = FORM.matcher(trimmed);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          item
              + ": \""
              + trimmed
              + "\" is not a duration; write a number with its unit, as in 250us, 10ms or 1.5s");
    }
    BigDecimal micros =
        new BigDecimal(matcher.group(1))
            .multiply(BigDecimal.valueOf(microsPerUnit(matcher.group(2))));
    BigDecimal nanos = micros.setScale(0, RoundingMode.HALF_UP).multiply(BigDecimal.valueOf(1_000));
    if (nanos.compareTo(LONGEST_NANOS) > 0) {
      throw new IllegalArgumentException(item + ": " + trimmed + " is longer than a day");
    }
    return nanos.longValueExact();
  }

  private static long microsPerUnit(String unit) {
    return switch (unit) {
      case "us" -> 1;
      case "ms" -> 1_000;
      default -> 1_000_000;
    };
  }

  /** The shortest text that {@link #parseNanos} reads back as the same microseconds. */
  static String format(long nanos) {
    long micros = nanos / 1_000;
    if (micros % 1_000_000 == 0) {
      return micros == 0 ? "0" : micros / 1_000_000 + "s";
    }
    return micros % 1_000 == 0 ? micros / 1_000 + "ms" : micros + "us";
  }
}
