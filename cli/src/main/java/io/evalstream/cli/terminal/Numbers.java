package io.evalstream.cli.terminal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Figures as people read them. */
public final class Numbers {

  private static final int PLACES = 2;
  private static final int MOST_PLACES = 9;

  private Numbers() {}

  /** A whole number, with separators. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Microseconds, shown as milliseconds. */
  public static String ms(double us) {
    return Double.isNaN(us) ? "–" : String.format(Locale.ROOT, "%,.2f", us / 1_000);
  }

  /** A figure with two places. */
  public static String decimal(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%,.2f", value) : "–";
  }

  /** A figure with as few places as it needs, at most two. */
  public static String plain(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(PLACES, RoundingMode.HALF_UP);
    int places = Math.max(0, rounded.stripTrailingZeros().scale());
    return String.format(Locale.ROOT, "%,." + places + "f", rounded);
  }

  /**
   * A figure with two places, or with as many more as it takes to tell it from another that it is
   * not equal to.
   */
  public static String apartFrom(double other, double value) {
    int places = PLACES;
    String shown = decimal(value);
    while (value != other && shown.equals(places(other, places)) && places < MOST_PLACES) {
      places++;
      shown = places(value, places);
    }
    return shown;
  }

  /** A share in percent with two places; all only when it is all. */
  public static String percent(long part, long whole) {
    return whole == 0
        ? "–"
        : new BigDecimal(part)
                .multiply(BigDecimal.valueOf(100))
                .divide(new BigDecimal(whole), PLACES, RoundingMode.DOWN)
            + "%";
  }

  /** A duration as h:mm:ss, or m:ss below an hour. */
  public static String clock(long seconds) {
    long hours = seconds / 3600;
    String rest = String.format(Locale.ROOT, "%02d", seconds % 60);
    return hours == 0
        ? seconds / 60 + ":" + rest
        : hours + String.format(Locale.ROOT, ":%02d:", seconds / 60 % 60) + rest;
  }

  private static String places(double value, int places) {
    return String.format(Locale.ROOT, "%,." + places + "f", value);
  }

  /** How much a figure has changed, in percent with its sign. */
  public static String change(double before, double after) {
    if (!Double.isFinite(before) || !Double.isFinite(after) || before == 0) {
      return "–";
    }
    return String.format(Locale.ROOT, "%+.1f%%", 100 * (after - before) / before);
  }
}
