package io.evalstream.jobs.accounting;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which numbers of a sequence have been seen: tells the first sight of a number from a repeated
 * one, whatever the order. Kept as ranges, so a sequence without gaps costs two numbers. For one
 * thread.
 */
public final class SequenceRanges {

  private final NavigableMap<Long, Long> endByStart = new TreeMap<>();
  private long seen;

  public SequenceRanges() {}

  /** Restores what {@link #toArray()} gave. */
  public SequenceRanges(long[] startsAndEnds) {
    for (int i = 0; i < startsAndEnds.length; i += 2) {
      endByStart.put(startsAndEnds[i], startsAndEnds[i + 1]);
      seen += startsAndEnds[i + 1] - startsAndEnds[i] + 1;
    }
  }

  /** Notes a number; false when it had been seen. */
  public boolean add(long number) {
    Map.Entry<Long, Long> before = endByStart.floorEntry(number);
    if (before != null && before.getValue() >= number) {
      return false;
    }
    seen++;
    long start = number;
    if (before != null && before.getValue() == number - 1) {
      start = before.getKey();
    }
    Long endOfNext = endByStart.remove(number + 1);
    endByStart.put(start, endOfNext == null ? number : endOfNext);
    return true;
  }

  /** How many numbers have been seen. */
  public long seen() {
    return seen;
  }

  /** How many numbers from 0 to the largest seen have not been. */
  public long missing() {
    return endByStart.isEmpty() ? 0 : endByStart.lastEntry().getValue() + 1 - seen;
  }

  /** Start and end, both inclusive, of each range in order. */
  public long[] toArray() {
    long[] startsAndEnds = new long[endByStart.size() * 2];
    int next = 0;
    for (Map.Entry<Long, Long> range : endByStart.entrySet()) {
      startsAndEnds[next++] = range.getKey();
      startsAndEnds[next++] = range.getValue();
    }
    return startsAndEnds;
  }
}
