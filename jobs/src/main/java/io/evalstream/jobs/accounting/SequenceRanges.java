package io.evalstream.jobs.accounting;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which numbers of a sequence have been seen: tells the first sight of a number from a repeated
 * one, whatever the order. Kept as ranges, so a sequence without gaps costs two numbers. For one
 * thread.
 *
 * <p>At most {@link #MAX_RANGES} are kept, whatever a producer sends: beyond, the gap with the
 * smallest numbers is given up. Its numbers stay missing, and one that comes after all is taken for
 * a repeated one.
 */
public final class SequenceRanges {

  /** More ranges than this are not kept. */
  static final int MAX_RANGES = 1_024;

  /** Before any number: nothing follows it, and nothing is in it. */
  private static final long NONE = -2;

  /** All ranges but the last: a sequence is mostly seen in order. */
  private final NavigableMap<Long, Long> endByStart = new TreeMap<>();

  private long lastStart = NONE + 1;
  private long lastEnd = NONE;
  private long seen;
  private long givenUp;

  public SequenceRanges() {}

  /** Restores what {@link #toArray()} and {@link #givenUp()} gave. */
  public SequenceRanges(long[] startsAndEnds, long givenUp) {
    this.givenUp = givenUp;
    seen = -givenUp;
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

  /**
   * How many numbers lie in gaps that were given up: the ranges hold them, nobody has seen them.
   */
  public long givenUp() {
    return givenUp;
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
    giveUpBeyondLimit();
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
      giveUpBeyondLimit();
    }
    return true;
  }

  private void giveUpBeyondLimit() {
    if (endByStart.size() < MAX_RANGES) {
      return;
    }
    Map.Entry<Long, Long> first = endByStart.pollFirstEntry();
    Map.Entry<Long, Long> second = endByStart.pollFirstEntry();
    givenUp += second.getKey() - first.getValue() - 1;
    endByStart.put(first.getKey(), second.getValue());
  }
}
