package io.evalstream.cli.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/**
 * Lines that change while work goes on: rewritten in place on a terminal, and cut off at its edge;
 * elsewhere one line is printed now and then. For one thread.
 */
public final class LiveLine {

  private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(5);
  private static final String CLEAR_TO_END = "\r\u001b[J";
  private static final String CUT_OFF = "\u001b[?7l";
  private static final String WRAP_AGAIN = "\u001b[?7h";

  private final PrintWriter out;
  private final boolean terminal;
  private long lastPrintedNanos = Long.MIN_VALUE;
  private int open;

  public LiveLine(PrintWriter out) {
    this(out, Boolean.getBoolean("evalstream.terminal"));
  }

  LiveLine(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Shows the line as it is now. */
  public void show(String line) {
    show(List.of(line), line);
  }

  /**
   * Shows how it is now.
   *
   * @param lines on a terminal
   * @param plain elsewhere
   */
  public void show(List<String> lines, String plain) {
    if (terminal) {
      out.print(erased() + CUT_OFF + String.join("\n", lines) + WRAP_AGAIN);
      out.flush();
      open = lines.size();
      return;
    }
    long now = System.nanoTime();
    if (lastPrintedNanos == Long.MIN_VALUE || now - lastPrintedNanos >= PLAIN_INTERVAL.toNanos()) {
      out.println(plain);
      lastPrintedNanos = now;
    }
  }

  /** Leaves the line as it is last, and goes to the next. */
  public void end(String line) {
    out.println((terminal ? erased() : "") + line);
    open = 0;
    lastPrintedNanos = Long.MIN_VALUE;
  }

  /** Goes to the next line if one is open. */
  public void end() {
    if (open > 0) {
      out.println();
      open = 0;
    }
  }

  /** Takes away from a terminal what it shows. */
  public void clear() {
    if (open > 0) {
      out.print(erased());
      out.flush();
      open = 0;
    }
  }

  private String erased() {
    return (open > 1 ? "\u001b[" + (open - 1) + "A" : "") + CLEAR_TO_END;
  }
}
