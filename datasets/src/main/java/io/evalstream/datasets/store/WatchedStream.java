package io.evalstream.datasets.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells how far it has been read. */
final class WatchedStream extends FilterInputStream {

  private final long total;
  private final Progress progress;
  private long done;

  WatchedStream(InputStream in, long total, Progress progress) {
    super(in);
    this.total = total;
    this.progress = progress;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    moved(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    moved(Math.max(0, count));
    return count;
  }

  private void moved(int count) {
    done += count;
    progress.at(done, total);
  }
}
