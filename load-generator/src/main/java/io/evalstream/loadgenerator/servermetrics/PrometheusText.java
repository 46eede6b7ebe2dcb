package io.evalstream.loadgenerator.servermetrics;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The samples of a page in Prometheus's text format (also of OpenMetrics), added up over their
 * labels. Lines that are none are passed over, and so are values that are no finite number.
 * Immutable.
 */
final class PrometheusText {

  private final Map<String, Total> totals;

  private PrometheusText(Map<String, Total> totals) {
    this.totals = totals;
  }

  private record Total(double sum, int count) {

    Total plus(Total other) {
      return new Total(sum + other.sum, count + other.count);
    }
  }

  static PrometheusText parse(String page) {
    Map<String, Total> totals = new HashMap<>();
    page.lines().forEach(line -> read(line.strip(), totals));
    return new PrometheusText(totals);
  }

  /** The sum over all labels; empty when there is no such sample. */
  OptionalDouble sum(String name) {
    Total total = totals.get(name);
    return total == null ? OptionalDouble.empty() : OptionalDouble.of(total.sum);
  }

  /** The mean over all labels; empty when there is no such sample. */
  OptionalDouble mean(String name) {
    Total total = totals.get(name);
    return total == null ? OptionalDouble.empty() : OptionalDouble.of(total.sum / total.count);
  }

  private static void read(String line, Map<String, Total> totals) {
    int nameEnd = nameEnd(line);
    if (nameEnd == 0) {
      return;
    }
    int from = nameEnd;
    if (from < line.length() && line.charAt(from) == '{') {
      from = labelsEnd(line, from);
    }
    String[] rest = from < 0 ? new String[0] : line.substring(from).strip().split("[ \t]+", -1);
    if (rest.length < 1 || rest[0].isEmpty()) {
      return;
    }
    try {
      double value = Double.parseDouble(rest[0]);
      if (Double.isFinite(value)) {
        totals.merge(line.substring(0, nameEnd), new Total(value, 1), Total::plus);
      }
    } catch (NumberFormatException e) {
      // +Inf and whatever else is no number
    }
  }

  private static int nameEnd(String line) {
    int end = 0;
    while (end < line.length()) {
      char c = line.charAt(end);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
      if (!letter && (end == 0 || c < '0' || c > '9')) {
        return end;
      }
      end++;
    }
    return end;
  }

  /** Behind the brace that ends the labels, of which values may hold anything; -1 without one. */
  private static int labelsEnd(String line, int from) {
    boolean quoted = false;
    for (int i = from; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == '}' && !quoted) {
        return i + 1;
      }
    }
    return -1;
  }
}
