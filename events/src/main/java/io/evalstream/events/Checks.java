package io.evalstream.events;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The checks that the records share. Each throws {@link InvalidEventException} naming the field.
 */
final class Checks {

  static final long LARGEST_SEQUENCE = (1L << 53) - 1;
  static final long LATEST_US = 4_102_444_800_000_000L;

  /** Characters of a text that explains. */
  static final int LONGEST_SENTENCE = 1_000;

  private static final long LARGEST_AMOUNT = 1_000_000_000;

  private Checks() {}

  static void common(int v, String runId, String producerId, long sequence) {
    version(v);
    runId(runId);
    name("producer_id", producerId);
    notNegative("sequence", sequence);
    if (sequence > LARGEST_SEQUENCE) {
      throw new InvalidEventException("sequence is larger than 2^53 - 1");
    }
  }

  static void version(int v) {
    if (v != Event.SCHEMA_VERSION) {
      throw new InvalidEventException("v is " + v + ", this version reads " + Event.SCHEMA_VERSION);
    }
  }

  static void runId(String runId) {
    if (runId == null || !RunIds.isValid(runId)) {
      throw new InvalidEventException("run_id does not begin with its date, as in 20260131-abc");
    }
  }

  static void text(String name, String value) {
    if (value == null || value.isEmpty()) {
      throw new InvalidEventException(name + " is missing");
    }
  }

  /** A text of at most {@link Event#MAX_NAME} characters that names something. */
  static void name(String name, String value) {
    text(name, value);
    if (!Event.isName(value)) {
      throw new InvalidEventException(name + " is longer than " + Event.MAX_NAME + " characters");
    }
  }

  static void present(String name, Object value) {
    if (value == null) {
      throw new InvalidEventException(name + " is missing");
    }
  }

  static void notNegative(String name, long value) {
    if (value < 0) {
      throw new InvalidEventException(name + " is negative");
    }
  }

  static void notNegative(String name, Long value) {
    if (value != null) {
      notNegative(name, value.longValue());
    }
  }

  /** A place in a sequence, from 0; may be missing. */
  static void position(String name, Integer value) {
    if (value != null) {
      notNegative(name, value.longValue());
    }
  }

  /** An instant in µs since the epoch; later ones than 2100 are a producer's error. */
  static void instant(String name, Long atUs) {
    notNegative(name, atUs);
    if (atUs != null && atUs > LATEST_US) {
      throw new InvalidEventException(name + " lies beyond the year 2100");
    }
  }

  /** Items or tokens that one record speaks of: few enough that no sum over records overflows. */
  static void amount(String name, long value) {
    notNegative(name, value);
    if (value > LARGEST_AMOUNT) {
      throw new InvalidEventException(name + " is larger than a billion");
    }
  }

  /** A part of a whole, 0 to 1; may be missing. */
  static void share(String name, Double value) {
    if (value != null && !(value >= 0 && value <= 1)) {
      throw new InvalidEventException(name + " is not from 0 to 1");
    }
  }

  /** A number from 0 to a billion; may be missing. */
  static void measure(String name, Double value) {
    if (value != null && !(value >= 0 && value <= LARGEST_AMOUNT)) {
      throw new InvalidEventException(name + " is not from 0 to a billion");
    }
  }

  /** A number; may be missing. */
  static void finite(String name, Double value) {
    if (value != null && !Double.isFinite(value)) {
      throw new InvalidEventException(name + " is no finite number");
    }
  }

  /** Values by names, each of them there; at most {@link Event#MOST_NAMES}. */
  static void byName(String name, Map<String, ?> values) {
    present(name, values);
    noNull(name, values.values());
    few(name, values.size());
    for (String key : values.keySet()) {
      if (!Event.isName(key)) {
        throw new InvalidEventException(
            name + " has a name longer than " + Event.MAX_NAME + " characters");
      }
    }
  }

  /** At most {@link Event#MOST_NAMES} names, each of them there. */
  static void names(String name, List<String> values) {
    present(name, values);
    few(name, values.size());
    values.forEach(value -> name(name, value));
  }

  /** A list of at most {@link Event#MOST_NAMES} short texts that may be missing; a copy of it. */
  static List<String> optionalSentences(String name, List<String> values) {
    if (values == null) {
      return null;
    }
    few(name, values.size());
    for (String value : values) {
      text(name, value);
      if (value.codePointCount(0, value.length()) > LONGEST_SENTENCE) {
        throw new InvalidEventException(
            name + " holds a text longer than " + LONGEST_SENTENCE + " characters");
      }
    }
    return List.copyOf(values);
  }

  private static void few(String name, int size) {
    if (size > Event.MOST_NAMES) {
      throw new InvalidEventException(name + " holds more than " + Event.MOST_NAMES);
    }
  }

  static void noNull(String name, Collection<?> values) {
    if (values.stream().anyMatch(Objects::isNull)) {
      throw new InvalidEventException(name + " holds a null");
    }
  }
}
