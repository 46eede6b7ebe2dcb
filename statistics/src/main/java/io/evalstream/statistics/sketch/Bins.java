package io.evalstream.statistics.sketch;

import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;

/**
 * The bins of DDSketch for whole numbers, found without a logarithm.
 *
 * <p>A number's leading bits name one of a few thousand cells. A cell is narrower than a bin, so it
 * holds at most one border, and one comparison tells the side.
 */
final class Bins {

  /** What says which bin a number is in. */
  static final IndexMapping MAPPING = new LogarithmicMapping(QuantileSketch.RELATIVE_ACCURACY);

  /** Bits behind the leading one: cells of 1/64 at most, bins of 1/50. */
  private static final int CELL_BITS = 6;

  private static final int CELLS = cell(Long.MAX_VALUE) + 1;
  private static final int[] FIRST_BIN = new int[CELLS];

  /** The largest number of each cell in its first bin; without end when it has no other. */
  private static final long[] LAST_OF_FIRST_BIN = new long[CELLS];

  static {
    for (int cell = 1; cell < CELLS; cell++) {
      long first = start(cell);
      long last = cell == CELLS - 1 ? Long.MAX_VALUE : start(cell + 1) - 1;
      FIRST_BIN[cell] = logarithmic(first);
      LAST_OF_FIRST_BIN[cell] = border(FIRST_BIN[cell], first, last);
    }
  }

  private Bins() {}

  /** The bin of a number from 1 on. */
  static int of(long value) {
    int cell = cell(value);
    return FIRST_BIN[cell] + (int) ((LAST_OF_FIRST_BIN[cell] - value) >>> (Long.SIZE - 1));
  }

  /** The value that stands for a bin's. */
  static double value(int bin) {
    return MAPPING.value(bin);
  }

  private static int cell(long value) {
    int shift = Math.max(0, Long.SIZE - 1 - CELL_BITS - Long.numberOfLeadingZeros(value));
    return (shift << CELL_BITS) + (int) (value >>> shift);
  }

  private static long start(int cell) {
    int shift = Math.max(0, (cell >>> CELL_BITS) - 1);
    return (long) (cell - (shift << CELL_BITS)) << shift;
  }

  private static long border(int bin, long first, long last) {
    if (logarithmic(last) == bin) {
      return Long.MAX_VALUE;
    }
    long inside = first;
    long outside = last;
    while (outside - inside > 1) {
      long middle = inside + (outside - inside) / 2;
      if (logarithmic(middle) == bin) {
        inside = middle;
      } else {
        outside = middle;
      }
    }
    return inside;
  }

  private static int logarithmic(long value) {
    return MAPPING.index((double) value);
  }
}
