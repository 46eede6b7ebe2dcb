package io.evalstream.cli;

/** What the process says to whoever called it. */
public enum ExitCode {
  /** All is well. */
  FINE(0),
  /** A release is worse than its baseline. */
  REGRESSED(1),
  /** The command was used wrongly. */
  WRONG_USE(2),
  /** Something broke. */
  BROKE(3),
  /** There is not enough to say anything, or something is missing. */
  INCOMPLETE(4);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The process's exit status. */
  public int number() {
    return number;
  }
}
