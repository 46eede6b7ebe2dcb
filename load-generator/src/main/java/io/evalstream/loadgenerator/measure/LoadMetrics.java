package io.evalstream.loadgenerator.measure;

import java.util.List;
import java.util.function.Function;

/**
 * The exact figures of a run, over its successful requests, with the definitions of
 * vllm/benchmarks/serve.py.
 *
 * @param completed successful requests
 * @param inputTokens tokens of their prompts
 * @param outputTokens tokens of their answers
 * @param durationSeconds from the start to the end of the last request
 * @param ttft first chunk with choices, from when the request was sent
 * @param tpot (E2EL − TTFT) / (output tokens − 1), of requests with more than one: each request's
 *     mean time per token
 * @param itl each gap between consecutive chunks
 * @param e2el last chunk with choices, from when the request was sent
 * @param ttftFromIntendedStart as {@code ttft}, from when the plan wanted the request sent
 * @param e2elFromIntendedStart as {@code e2el}, from when the plan wanted the request sent
 * @param detail the same per token and per kind of output
 */
public record LoadMetrics(
    long completed,
    long inputTokens,
    long outputTokens,
    double durationSeconds,
    LatencyDistribution ttft,
    LatencyDistribution tpot,
    LatencyDistribution itl,
    LatencyDistribution e2el,
    LatencyDistribution ttftFromIntendedStart,
    LatencyDistribution e2elFromIntendedStart,
    TimingDetail detail) {

  /**
   * The figures of several processes that share a plan and a start, as one process would have them:
   * distributions of all values, and the duration of the one that ended last.
   */
  public static LoadMetrics merged(List<LoadMetrics> parts) {
    return new LoadMetrics(
        parts.stream().mapToLong(LoadMetrics::completed).sum(),
        parts.stream().mapToLong(LoadMetrics::inputTokens).sum(),
        parts.stream().mapToLong(LoadMetrics::outputTokens).sum(),
        parts.stream().mapToDouble(LoadMetrics::durationSeconds).max().orElse(0),
        merged(parts, LoadMetrics::ttft),
        merged(parts, LoadMetrics::tpot),
        merged(parts, LoadMetrics::itl),
        merged(parts, LoadMetrics::e2el),
        merged(parts, LoadMetrics::ttftFromIntendedStart),
        merged(parts, LoadMetrics::e2elFromIntendedStart),
        new TimingDetail(
            merged(parts, part -> part.detail().perToken()),
            merged(parts, part -> part.detail().firstReasoning()),
            merged(parts, part -> part.detail().firstContent()),
            merged(parts, part -> part.detail().firstToolCall()),
            parts.stream().mapToLong(part -> part.detail().gaps()).sum(),
            parts.stream().mapToLong(part -> part.detail().coalescedGaps()).sum()));
  }

  private static LatencyDistribution merged(
      List<LoadMetrics> parts, Function<LoadMetrics, LatencyDistribution> of) {
    return LatencyDistribution.merged(parts.stream().map(of).toList());
  }

  /** The same over another time. */
  public LoadMetrics over(double seconds) {
    return new LoadMetrics(
        completed,
        inputTokens,
        outputTokens,
        seconds,
        ttft,
        tpot,
        itl,
        e2el,
        ttftFromIntendedStart,
        e2elFromIntendedStart,
        detail);
  }

  /** Successful requests per second. */
  public double requestThroughput() {
    return perSecond(completed);
  }

  /** Generated tokens per second. */
  public double outputThroughput() {
    return perSecond(outputTokens);
  }

  /** Tokens of prompts and answers per second. */
  public double totalTokenThroughput() {
    return perSecond(inputTokens + outputTokens);
  }

  private double perSecond(long count) {
    return durationSeconds > 0 ? count / durationSeconds : 0;
  }
}
