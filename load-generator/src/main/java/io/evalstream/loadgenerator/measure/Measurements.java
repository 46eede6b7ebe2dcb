package io.evalstream.loadgenerator.measure;

import io.evalstream.loadgenerator.sse.Output;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Gathers the successful requests of a run. Safe for many threads. */
public final class Measurements {

  private final Samples ttft = new Samples();
  private final Samples tpot = new Samples();
  private final Samples itl = new Samples();
  private final Samples e2el = new Samples();
  private final Samples intendedTtft = new Samples();
  private final Samples intendedE2el = new Samples();
  private final Samples perToken = new Samples();
  private final Map<Output, Samples> firstOutput = new EnumMap<>(Output.class);
  private final SteadyStateFinder steadyState = new SteadyStateFinder();
  private long gaps;
  private long coalescedGaps;
  private long completed;
  private long inputTokens;
  private long outputTokens;

  /** Nothing is gathered yet. */
  public Measurements() {
    for (Output kind : Output.values()) {
      firstOutput.put(kind, new Samples());
    }
  }

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
    steadyState.succeeded(
        sentUs, timings.firstUs(), timings.lastUs(), generated, itl.size(), timings.chunks() - 1);
    timings.gapsTo(itl);
    timings.tokensTo(perToken);
    gaps += timings.chunks() - 1;
    coalescedGaps += timings.coalescedGaps();
    firstOutput.forEach(
        (kind, samples) -> {
          if (timings.firstUs(kind) != ChunkTimings.ABSENT) {
            samples.add(timings.firstUs(kind) - sentUs);
          }
        });
  }

  /** A request failed after it was sent. */
  synchronized void addFailed(long sentUs, long endedUs) {
    steadyState.failed(sentUs, endedUs);
  }

  /** The steady state of a run; empty when it was too short to have one. */
  public synchronized Optional<SteadyState> steadyState(long startUs, long endUs) {
    return steadyState.find(startUs, endUs, itl);
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
        intendedE2el.distribution(),
        new TimingDetail(
            perToken.distribution(),
            firstOutput.get(Output.REASONING).distribution(),
            firstOutput.get(Output.CONTENT).distribution(),
            firstOutput.get(Output.TOOL_CALLS).distribution(),
            gaps,
            coalescedGaps));
  }
}
