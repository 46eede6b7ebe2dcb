package io.evalstream.datasets.dedup;

import io.evalstream.datasets.DatasetException;
import io.evalstream.datasets.DatasetException.Kind;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** The pairs of texts that agree in a band, each given once, in no order and by several threads. */
final class CandidatePairs {

  private static final long LOW_HALF = 0xFFFFFFFFL;

  /** What is done with a pair; is called by several threads at once. */
  interface Visitor {

    /** The first number is always the lower one. */
    void visit(int first, int second);
  }

  private final BandKeys keys;
  private final long most;
  private final AtomicLong count = new AtomicLong();

  CandidatePairs(BandKeys keys, long most) {
    this.keys = keys;
    this.most = most;
  }

  /**
   * Visits all pairs.
   *
   * @throws DatasetException when there are more than allowed
   */
  void forEach(Visitor visitor) {
    forEachAcross(keys.size(), visitor);
  }

  /**
   * Visits the pairs of a text below the border and one from it on; all pairs, if the border is the
   * number of texts.
   *
   * @throws DatasetException when there are more than allowed
   */
  void forEachAcross(int border, Visitor visitor) {
    IntStream.range(0, keys.bands()).parallel().forEach(band -> visitBand(band, border, visitor));
  }

  /** How many pairs there were. */
  long count() {
    return count.get();
  }

  private void visitBand(int band, int border, Visitor visitor) {
    long[] sorted = new long[keys.size()];
    for (int text = 0; text < sorted.length; text++) {
      sorted[text] = (long) keys.key(text, band) << Integer.SIZE | text;
    }
    Arrays.sort(sorted);
    int start = 0;
    for (int at = 1; at <= sorted.length; at++) {
      if (at == sorted.length || sorted[at] >> Integer.SIZE != sorted[start] >> Integer.SIZE) {
        visitBucket(band, sorted, start, at, border, visitor);
        start = at;
      }
    }
  }

  private void visitBucket(
      int band, long[] sorted, int start, int end, int border, Visitor visitor) {
    boolean all = border == keys.size();
    for (int left = start; left < end; left++) {
      int first = (int) (sorted[left] & LOW_HALF);
      if (first >= border) {
        return;
      }
      for (int right = left + 1; right < end; right++) {
        int second = (int) (sorted[right] & LOW_HALF);
        if ((all || second >= border) && !keys.agreeBefore(band, first, second)) {
          if (count.incrementAndGet() > most) {
            throw new DatasetException(
                Kind.USAGE,
                "More than "
                    + most
                    + " pairs are candidates, as in texts made from one pattern: compare other"
                    + " fields, use more rows per band, or allow more candidates.");
          }
          visitor.visit(first, second);
        }
      }
    }
  }
}
