package io.evalstream.cli.terminal;

import java.util.Locale;

/** Figures as people read them. */
public final class Numbers {

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

  /** How much a figure has changed, in percent with its sign. */
  public static String change(double before, double after) {
    if (!Double.isFinite(before) || !Double.isFinite(after) || before == 0) {
      return "–";
    }
    return String.format(Locale.ROOT, "%+.1f%%", 100 * (after - before) / before);
  }
}
