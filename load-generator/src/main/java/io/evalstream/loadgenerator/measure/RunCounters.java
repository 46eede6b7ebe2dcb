package io.evalstream.loadgenerator.measure;

import io.evalstream.events.RequestStatus;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens in a run, since its beginning. Safe for many threads. */
public final class RunCounters {

  private final LongAdder sent = new LongAdder();
  private final LongAdder chunks = new LongAdder();
  private final LongAdder reads = new LongAdder();
  private final LongAdder tokens = new LongAdder();
  private final LongAdder dispatched = new LongAdder();
  private final LongAdder lateDispatched = new LongAdder();
  private final long lateNanos;
  private final Map<RequestStatus, LongAdder> ended = new EnumMap<>(RequestStatus.class);

  /**
   * All at 0.
   *
   * @param lateSend a request that leaves so much later than it could is late
   */
  public RunCounters(Duration lateSend) {
    lateNanos = lateSend.toNanos();
    for (RequestStatus status : RequestStatus.values()) {
      ended.put(status, new LongAdder());
    }
  }

  void sentOne() {
    sent.increment();
  }

  void dispatchedOne(long lagNanos) {
    if (lagNanos > lateNanos) {
      lateDispatched.increment();
    }
    dispatched.increment();
  }

  void received(int chunksInRead, long tokensInRead, boolean newRead) {
    chunks.add(chunksInRead);
    tokens.add(tokensInRead);
    if (newRead) {
      reads.increment();
    }
  }

  void endedOne(RequestStatus status) {
    ended.get(status).increment();
  }

  /** Requests whose first byte was written. */
  public long sent() {
    return sent.sum();
  }

  /** Requests that left the generator and whose lateness can be told. */
  public long dispatched() {
    return dispatched.sum();
  }

  /** Those that were late, by the generator's own fault. */
  public long lateDispatched() {
    return lateDispatched.sum();
  }

  /** Chunks that were read. */
  public long chunks() {
    return chunks.sum();
  }

  /** Socket reads with at least one chunk. */
  public long reads() {
    return reads.sum();
  }

  /** Tokens in those chunks. */
  public long tokens() {
    return tokens.sum();
  }

  /** Requests that ended, by how. */
  public Map<RequestStatus, Long> ended() {
    Map<RequestStatus, Long> counts = new EnumMap<>(RequestStatus.class);
    ended.forEach((status, count) -> counts.put(status, count.sum()));
    return counts;
  }
}
