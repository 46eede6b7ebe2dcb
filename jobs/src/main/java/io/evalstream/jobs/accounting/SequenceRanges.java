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

  /** Before any number: nothing follows it, and nothing is in it. */
  private static final long NONE = -2;

  /** All ranges but the last: a sequence is mostly seen in order. */
  private final NavigableMap<Long, Long> endByStart = new TreeMap<>();

  private long lastStart = NONE + 1;
  private long lastEnd = NONE;
  private long seen;

  public SequenceRanges() {}

  /** Restores what {@link #toArray()} gave. */
  public SequenceRanges(long[] startsAndEnds) {
    for (int i = 0; i < startsAndEnds.length; i += 2) {
      beginLast(startsAndEnds[i], startsAndEnds[i + 1]);
      seen += startsAndEnds[i + 1] - startsAndEnds[i] + 1;
    }
  }

  /**
   * Notes a number, from 0 on.
   *
   * @return false when it had been seen
   */
  public boolean add(long number) {
    if (number == lastEnd + 1) {
      lastEnd = number;
    } else if (number > lastEnd) {
      beginLast(number, number);
    } else if (number >= lastStart || !addBeforeLast(number)) {
      return false;
    }
    seen++;
    return true;
  }

  /** How many numbers have been seen. */
  public long seen() {
    return seen;
  }

  /** How many numbers from 0 to the largest seen have not been. */
  public long missing() {
    return seen == 0 ? 0 : lastEnd + 1 - seen;
  }

  /** Start and end, both inclusive, of each range in order. */
  public long[] toArray() {
    if (seen == 0) {
      return new long[0];
    }
    long[] startsAndEnds = new long[endByStart.size() * 2 + 2];
    int next = 0;
    for (Map.Entry<Long, Long> range : endByStart.entrySet()) {
      startsAndEnds[next++] = range.getKey();
      startsAndEnds[next++] = range.getValue();
    }
    startsAndEnds[next++] = lastStart;
    startsAndEnds[next] = lastEnd;
    return startsAndEnds;
  }

  private void beginLast(long start, long end) {
    if (lastEnd != NONE) {
      endByStart.put(lastStart, lastEnd);
    }
    lastStart = start;
    lastEnd = end;
  }

  private boolean addBeforeLast(long number) {
    Map.Entry<Long, Long> before = endByStart.floorEntry(number);
    if (before != null && before.getValue() >= number) {
      return false;
    }
    long start = number;
    if (before != null && before.getValue() == number - 1) {
      start = before.getKey();
    }
    if (number + 1 == lastStart) {
      endByStart.remove(start);
      lastStart = start;
    } else {
      Long endOfNext = endByStart.remove(number + 1);
      endByStart.put(start, endOfNext == null ? number : endOfNext);
    }
    return true;
  }
}
