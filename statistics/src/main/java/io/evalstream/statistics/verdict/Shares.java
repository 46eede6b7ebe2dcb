package io.evalstream.statistics.verdict;

/** What rules ask of their shares. */
final class Shares {

  private Shares() {}

  static void check(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(name + " is " + value + ": give a number between 0 and 1");
    }
  }
}
