package io.evalstream.loadgenerator.measure;

/** Gathers the successful requests of a run. Safe for many threads. */
public final class Measurements {

  private final Samples ttft = new Samples();
  private final Samples tpot = new Samples();
  private final Samples itl = new Samples();
  private final Samples e2el = new Samples();
  private final Samples intendedTtft = new Samples();
  private final Samples intendedE2el = new Samples();
  private long completed;
  private long inputTokens;
  private long outputTokens;

  /** The metrics while the run goes on. */
  public record Running(
      RunningLatency ttft, RunningLatency tpot, RunningLatency itl, RunningLatency e2el) {}

  synchronized void add(
      long scheduledUs, long sentUs, ChunkTimings timings, long promptTokens, long generated) {
    completed++;
    inputTokens += promptTokens;
    outputTokens += generated;
    ttft.add(timings.firstUs() - sentUs);
    e2el.add(timings.lastUs() - sentUs);
    intendedTtft.add(timings.firstUs() - scheduledUs);
    intendedE2el.add(timings.lastUs() - scheduledUs);
    if (generated > 1) {
      tpot.add((double) (timings.lastUs() - timings.firstUs()) / (generated - 1));
    }
    timings.gapsTo(itl);
  }

  /** The metrics so far, from sketches. */
  public synchronized Running running() {
    return new Running(
        RunningLatency.of(ttft.sketch()),
        RunningLatency.of(tpot.sketch()),
        RunningLatency.of(itl.sketch()),
        RunningLatency.of(e2el.sketch()));
  }

  /** The metrics so far, from every value. */
  public synchronized LoadMetrics metrics(double durationSeconds) {
    return new LoadMetrics(
        completed,
        inputTokens,
        outputTokens,
        durationSeconds,
        ttft.distribution(),
        tpot.distribution(),
        itl.distribution(),
        e2el.distribution(),
        intendedTtft.distribution(),
        intendedE2el.distribution());
  }
}
