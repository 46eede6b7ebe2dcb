package io.evalstream.cli;

import io.evalstream.cli.terminal.LiveLine;
import io.evalstream.cli.terminal.Numbers;
import io.evalstream.datasets.store.Progress;
import java.io.PrintWriter;

/** Shows how far a file is: a bar on a terminal, a line now and then elsewhere. */
final class TransferProgress implements Progress, AutoCloseable {

  private static final long INTERVAL_NANOS = 100_000_000;
  private static final int CELLS = 30;

  private final LiveLine line;
  private final String what;
  private long lastNanos = System.nanoTime();

  TransferProgress(PrintWriter out, String what) {
    this.line = new LiveLine(out);
    this.what = what;
  }

  @Override
  public void at(long done, long total) {
    long now = System.nanoTime();
    if (now - lastNanos < INTERVAL_NANOS) {
      return;
    }
    lastNanos = now;
    int filled = total == 0 ? CELLS : (int) (done * CELLS / total);
    line.show(
        what
            + "  "
            + "█".repeat(filled)
            + "░".repeat(Math.max(0, CELLS - filled))
            + "  "
            + Numbers.percent(done, total));
  }

  @Override
  public void close() {
    line.clear();
  }
}
