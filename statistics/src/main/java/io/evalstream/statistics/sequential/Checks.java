package io.evalstream.statistics.sequential;

/** What the tests of this package ask of their settings. */
final class Checks {

  private Checks() {}

  static void between0And1(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(name + " is " + value + ": give a number between 0 and 1");
    }
  }
}
