package io.evalstream.loadgenerator.plan;

/** Checks of figures that a user gives. */
final class Numbers {

  private Numbers() {}

  static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ": give a number from 1 on");
    }
  }
}
