package io.evalstream.simulator;

import java.util.List;
import java.util.Locale;

/**
 * The textual form {@code name:argument,argument} of a distribution, taken apart.
 *
 * @param item the configuration item the text belongs to, named in every error
 * @param text the text as given
 * @param name the part before the colon; {@code constant} when there is no colon
 * @param arguments the comma-separated parts after it
 */
record DistributionText(String item, String text, String name, List<String> arguments) {

  static DistributionText of(String item, String text) {
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException(item + " is empty; give it as in constant:10ms");
    }
    String trimmed = text.trim();
    int colon = trimmed.indexOf(':');
    String name = colon < 0 ? "constant" : trimmed.substring(0, colon).trim();
    String rest = trimmed.substring(colon + 1);
    return new DistributionText(
        item,
        trimmed,
        name.toLowerCase(Locale.ROOT),
        List.of(rest.split(",", -1)).stream().map(String::trim).toList());
  }

  /** Fails unless there are exactly as many arguments as the form shows. */
  void expect(int count, String form) {
    if (arguments.size() != count) {
      throw new IllegalArgumentException(item + " \"" + text + "\" must look like " + form);
    }
  }

  /** Argument {@code index} as nanoseconds. */
  long nanos(int index) {
    return Durations.parseNanos(item, arguments.get(index));
  }

  /** Argument {@code index} as a number without unit. */
  double number(int index) {
    try {
      return Double.parseDouble(arguments.get(index));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          item + " \"" + text + "\": \"" + arguments.get(index) + "\" is not a number", e);
    }
  }

  /** Argument {@code index} as a whole number. */
  int count(int index) {
    try {
      return Integer.parseInt(arguments.get(index));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          item + " \"" + text + "\": \"" + arguments.get(index) + "\" is not a whole number", e);
    }
  }

  /** The error for a name that is none of {@code known}. */
  IllegalArgumentException unknown(String known) {
    return new IllegalArgumentException(
        item + " \"" + text + "\" names the unknown distribution \"" + name + "\"; use " + known);
  }

  /** Fails with the item's name unless {@code condition} holds. */
  void require(boolean condition, String rule) {
    if (!condition) {
      throw new IllegalArgumentException(item + " \"" + text + "\": " + rule);
    }
  }
}
