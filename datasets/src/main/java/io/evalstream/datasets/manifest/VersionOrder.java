package io.evalstream.datasets.manifest;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Pattern;

/** Versions part by part: numbers by their value, and before words. */
final class VersionOrder {

  /** 1.9.0 before 1.10.0. */
  static final Comparator<String> NATURAL = VersionOrder::compare;

  private static final Pattern BORDER = Pattern.compile("[._-]");

  private VersionOrder() {}

  private static int compare(String one, String other) {
    String[] left = BORDER.split(one, -1);
    String[] right = BORDER.split(other, -1);
    for (int part = 0; part < Math.min(left.length, right.length); part++) {
      boolean numbers = isNumber(left[part]) && isNumber(right[part]);
      int order =
          numbers
              ? new BigInteger(left[part]).compareTo(new BigInteger(right[part]))
              : left[part].compareTo(right[part]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.length, right.length);
  }

  private static boolean isNumber(String part) {
    return part.chars().allMatch(Character::isDigit);
  }
}
