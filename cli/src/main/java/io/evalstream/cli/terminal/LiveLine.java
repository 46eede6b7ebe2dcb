package io.evalstream.cli.terminal;

import java.io.PrintWriter;
import java.time.Duration;

/**
 * A line that changes while work goes on: rewritten in place on a terminal, printed now and then
 * elsewhere. For one thread.
 */
public final class LiveLine {

  private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(5);
  private static final String START_OF_LINE_AND_CLEAR = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean terminal;
  private long lastPrintedNanos = Long.MIN_VALUE;
  private boolean open;

  public LiveLine(PrintWriter out) {
    this(out, Boolean.getBoolean("evalstream.terminal"));
  }

  LiveLine(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Shows the line as it is now. */
  public void show(String line) {
    if (terminal) {
      out.print(START_OF_LINE_AND_CLEAR + line);
      out.flush();
      open = true;
      return;
    }
    long now = System.nanoTime();
    if (lastPrintedNanos == Long.MIN_VALUE || now - lastPrintedNanos >= PLAIN_INTERVAL.toNanos()) {
      out.println(line);
      lastPrintedNanos = now;
    }
  }

  /** Leaves the line as it is last, and goes to the next. */
  public void end(String line) {
    out.println((terminal ? START_OF_LINE_AND_CLEAR : "") + line);
    open = false;
    lastPrintedNanos = Long.MIN_VALUE;
  }

  /** Goes to the next line if one is open. */
  public void end() {
    if (open) {
      out.println();
      open = false;
    }
  }
}
