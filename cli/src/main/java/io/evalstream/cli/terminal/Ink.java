package io.evalstream.cli.terminal;

/**
 * Makes lines stand out on a terminal, and leaves them as they are elsewhere and where {@code
 * NO_COLOR} is set. For whole lines only: what it adds has no width.
 */
public final class Ink {

  /** Leaves everything as it is. */
  public static final Ink NONE = new Ink(false);

  private static final String BOLD = "\u001b[1m";
  private static final String RED = "\u001b[31m";
  private static final String RESET = "\u001b[0m";

  private final boolean colored;

  Ink(boolean colored) {
    this.colored = colored;
  }

  /** As the launcher found the terminal. */
  public static Ink ofTerminal() {
    return Boolean.getBoolean("evalstream.color") ? new Ink(true) : NONE;
  }

  /** What the reader looks for. */
  public String strong(String line) {
    return colored ? BOLD + line + RESET : line;
  }

  /** What the reader must not miss. */
  public String warning(String line) {
    return colored ? BOLD + RED + line + RESET : line;
  }
}
