package io.evalstream.loadgenerator.measure;

import io.evalstream.loadgenerator.sse.Output;
import io.evalstream.statistics.sketch.SketchAccumulator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Gathers the successful requests of a run. Safe for many threads. */
public final class Measurements {

  private final WatchedSamples ttft = new WatchedSamples();
  private final WatchedSamples tpot = new WatchedSamples();
  private final SketchAccumulator itl = new SketchAccumulator();
  private final WatchedSamples e2el = new WatchedSamples();
  private final Samples intendedTtft = new Samples();
  private final Samples intendedE2el = new Samples();
  private final Samples perToken = new Samples();
  private final Map<Output, Samples> firstOutput = new EnumMap<>(Output.class);
  private final RequestTimes requests = new RequestTimes();
  private final ChunksPerSecond chunksPerSecond = new ChunksPerSecond();
  private final GapsOverTime gapsOverTime;
  private final long startUs;
  private long gaps;
  private long coalescedGaps;
  private long completed;
  private long inputTokens;
  private long outputTokens;

  /** Nothing is gathered yet of the run that begins at {@code startUs}. */
  public Measurements(long startUs) {
    this.startUs = startUs;
    gapsOverTime = new GapsOverTime(startUs);
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
    requests.succeeded(sentUs, timings.firstUs(), timings.lastUs(), generated);
    timings.forEach(this::chunk);
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

  private void chunk(long atUs, int gapUs) {
    chunksPerSecond.add(atUs);
    if (gapUs != ChunkTimings.ABSENT) {
      itl.accept(Math.max(0, gapUs));
      gapsOverTime.add(atUs, gapUs);
    }
  }

  /** A request was sent. */
  synchronized void sent(long sentUs) {
    chunksPerSecond.sent(sentUs);
  }

  /** A request failed after it was sent. */
  synchronized void addFailed(long sentUs, long endedUs) {
    requests.failed(sentUs, endedUs);
  }

  /** The steady state of the run; empty when it was too short to have one. */
  public synchronized Optional<SteadyState> steadyState(long endUs) {
    return new SteadyStateFinder(requests, gapsOverTime, startUs, endUs).find();
  }

  /** The most that happened at once. */
  public synchronized PeakLoad peak() {
    return new PeakLoad(chunksPerSecond.most(), requests.mostAtOnce());
  }

  /** The metrics so far, from sketches. */
  public synchronized Running running() {
    return new Running(
        ttft.running(), tpot.running(), RunningLatency.of(itl.snapshot()), e2el.running());
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
        gapsOverTime.all(),
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
