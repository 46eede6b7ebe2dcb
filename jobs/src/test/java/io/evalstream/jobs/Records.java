package io.evalstream.jobs;

import io.evalstream.events.Arm;
import io.evalstream.events.EventCodec;
import io.evalstream.events.ProducerState;
import io.evalstream.events.RequestOutcome;
import io.evalstream.events.RequestStatus;
import io.evalstream.events.RunKind;
import io.evalstream.events.RunPlan;
import io.evalstream.events.ServerMetrics;
import io.evalstream.events.TokenTimings;
import io.evalstream.events.Topic;
import io.evalstream.jobs.kafka.RawRecord;
import java.util.List;
import java.util.Map;

/** Records as producers write them, of one run and scenario. */
public final class Records {

  public static final String RUN = "20260131-run";
  public static final String SCENARIO = "chat";

  /** A whole second, µs since the epoch. */
  public static final long T0 = 1_770_000_000_000_000L;

  private Records() {}

  /** Consecutive chunks of a response, the last at {@code atUs}. */
  public static TokenTimings timings(
      String producer, long sequence, int chunkIndex, long atUs, int[] gapsUs, int[] tokens) {
    return new TokenTimings(
        1, RUN, producer, sequence, SCENARIO, "request", chunkIndex, atUs, gapsUs, tokens);
  }

  /** A response of one chunk with one token. */
  public static TokenTimings oneToken(String producer, long sequence, long atUs) {
    return timings(producer, sequence, 0, atUs, new int[0], null);
  }

  /** A request that ended well. */
  public static RequestOutcome ok(
      String producer,
      long sequence,
      long scheduled,
      long sent,
      long first,
      Long last,
      long finished,
      long outputTokens) {
    return outcome(
        producer, sequence, scheduled, sent, first, last, finished, outputTokens, RequestStatus.OK);
  }

  /** A request that did not. */
  public static RequestOutcome failed(
      String producer, long sequence, long scheduled, long finished, RequestStatus status) {
    return outcome(producer, sequence, scheduled, null, null, null, finished, 0, status);
  }

  private static RequestOutcome outcome(
      String producer,
      long sequence,
      long scheduled,
      Long sent,
      Long first,
      Long last,
      long finished,
      long outputTokens,
      RequestStatus status) {
    return new RequestOutcome(
        1,
        RUN,
        producer,
        sequence,
        SCENARIO,
        producer + "-" + sequence,
        sequence,
        "prompt",
        scheduled,
        sent,
        first,
        last,
        finished,
        11,
        outputTokens,
        1,
        null,
        status,
        null,
        status == RequestStatus.OK ? null : "broken",
        null);
  }

  /** What a server says of itself, of which it does not tell everything. */
  public static ServerMetrics server(String producer, long sequence, long atUs) {
    return new ServerMetrics(
        1,
        RUN,
        producer,
        sequence,
        atUs,
        "http://h:8000",
        10L,
        11L,
        0.12,
        13L,
        14L,
        15L,
        16L,
        17L,
        18L,
        19L,
        20L,
        21L,
        null,
        null,
        0.24,
        250.5);
  }

  /** A request of a block's warm-up. */
  public static RequestOutcome inBlock(
      String producer, long sequence, long at, int block, Arm arm) {
    return new RequestOutcome(
        1,
        RUN,
        producer,
        sequence,
        SCENARIO,
        producer + "-" + sequence,
        sequence,
        "prompt",
        at,
        null,
        null,
        null,
        at,
        11,
        0,
        0,
        null,
        RequestStatus.CONNECT_ERROR,
        null,
        "broken",
        null,
        block,
        true,
        arm,
        null);
  }

  /** The plan of the run. */
  public static RunPlan plan(int producers) {
    return plan(producers, new RunPlan.PlannedScenario(SCENARIO, 7L, Map.of()));
  }

  /** The plan of the run with bounds for what it is graded by. */
  public static RunPlan gradedPlan(int producers, Map<String, List<Double>> bounds) {
    RunPlan.Slo slo =
        new RunPlan.Slo(
            List.of("A", "B", "C"),
            bounds.entrySet().stream()
                .map(metric -> new RunPlan.Bounds(metric.getKey(), metric.getValue()))
                .toList());
    return plan(producers, new RunPlan.PlannedScenario(SCENARIO, 7L, Map.of(), null, slo));
  }

  private static RunPlan plan(int producers, RunPlan.PlannedScenario scenario) {
    return new RunPlan(
        1,
        RUN,
        "p1",
        0,
        T0,
        RunKind.LOAD,
        "model",
        "v1",
        null,
        Map.of("gpu", "one"),
        List.of(scenario),
        producers,
        42,
        null,
        Map.of());
  }

  /** What a producer does. */
  public static ProducerState state(String producer, long sequence, ProducerState.Type type) {
    ProducerState.Status status =
        type == ProducerState.Type.FINISHED ? ProducerState.Status.COMPLETED : null;
    return new ProducerState(
        1,
        RUN,
        producer,
        sequence,
        T0,
        type,
        status,
        null,
        Map.of("token-timings", new ProducerState.SentCount(1, 2)),
        3,
        null);
  }

  /** A record on Kafka. */
  public static RawRecord raw(
      Topic topic, int partition, long offset, long appendedAtMs, Object event) {
    return new RawRecord(topic.text(), partition, offset, appendedAtMs, EventCodec.encode(event));
  }
}
