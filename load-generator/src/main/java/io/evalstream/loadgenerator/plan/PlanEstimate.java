package io.evalstream.loadgenerator.plan;

import java.util.Collection;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * What a plan will cost, before anything is sent.
 *
 * @param requests how many
 * @param inputTokens tokens of the prompts
 * @param outputTokens tokens of the answers, each as long as asked for
 * @param durationSeconds from the start to the end of the last answer, if each answer takes the
 *     time that was assumed
 */
public record PlanEstimate(
    long requests, long inputTokens, long outputTokens, double durationSeconds) {

  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * How long an answer takes.
   *
   * @param ttftMs until the first token, milliseconds
   * @param tpotMs for each further token, milliseconds
   */
  public record Pace(double ttftMs, double tpotMs) {

    /**
     * Validates.
     *
     * @throws IllegalArgumentException naming the bad item
     */
    public Pace {
      notNegative("expected-ttft", ttftMs);
      notNegative("expected-tpot", tpotMs);
    }

    private long nanos(int outputTokens) {
      return Math.round((ttftMs + (outputTokens - 1) * tpotMs) * TimeUnit.MILLISECONDS.toNanos(1));
    }

    private static void notNegative(String name, double value) {
      if (!(value >= 0) || Double.isInfinite(value)) {
        throw new IllegalArgumentException(name + " is " + value + ": give milliseconds from 0 on");
      }
    }
  }

  /**
   * Goes through a plan as the run would.
   *
   * @param plan in order of time
   * @param maxConcurrency most requests in flight; null for no limit
   */
  public static PlanEstimate of(
      Collection<PlannedRequest> plan, Integer maxConcurrency, Pace pace) {
    long input = 0;
    long output = 0;
    long end = 0;
    long blockStart = 0;
    long ends = 0;
    PlannedRequest.InBlock before = null;
    PriorityQueue<Long> running = new PriorityQueue<>();
    for (PlannedRequest request : plan) {
      if (before != null && before.number() != request.block().number()) {
        blockStart = end;
        running.clear();
      }
      before = request.block();
      long start = blockStart + request.offsetNanos();
      if (!request.starts()) {
        start = ends;
        running.remove(ends);
      } else if (maxConcurrency != null && running.size() >= maxConcurrency) {
        start = Math.max(start, running.remove());
      }
      ends = start + pace.nanos(request.maxOutputTokens());
      if (maxConcurrency != null) {
        running.add(ends);
      }
      end = Math.max(end, ends);
      input += request.promptTokens();
      output += request.maxOutputTokens();
    }
    return new PlanEstimate(plan.size(), input, output, end / NANOS_PER_SECOND);
  }

  /** So many times the same, one after another. */
  public PlanEstimate times(int count) {
    return new PlanEstimate(
        requests * count, inputTokens * count, outputTokens * count, durationSeconds * count);
  }

  /**
   * How many blocks of a latency comparison the run gives: parts of at least that long and with at
   * least that many requests.
   */
  public long blocks(double blockSeconds, int blockRequests) {
    return (long) Math.min(durationSeconds / blockSeconds, requests / (double) blockRequests);
  }
}
