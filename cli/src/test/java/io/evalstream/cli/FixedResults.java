package io.evalstream.cli;

import io.evalstream.events.ProducerState;
import io.evalstream.events.RequestStatus;
import io.evalstream.loadgenerator.LoadResult;
import io.evalstream.loadgenerator.health.Trust;
import io.evalstream.loadgenerator.measure.LatencyDistribution;
import io.evalstream.loadgenerator.measure.LoadMetrics;
import io.evalstream.loadgenerator.measure.PeakLoad;
import io.evalstream.loadgenerator.measure.SteadyState;
import io.evalstream.loadgenerator.measure.TimingDetail;
import io.evalstream.loadgenerator.publish.SpillReport;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Results whose figures are fixed, for tests of what is printed of them. */
final class FixedResults {

  private static final Map<String, ProducerState.SentCount> PUBLISHED =
      Map.of(
          "token-timings", new ProducerState.SentCount(3_100, 19_200),
          "request-outcomes", new ProducerState.SentCount(200, 19_200));

  private FixedResults() {}

  /** A chat run in which everything happened that a report can tell of. */
  static LoadResult eventful() {
    Map<String, Long> failures = new LinkedHashMap<>();
    failures.put("The server answered 503: the engine is not ready", 3L);
    failures.put("The time limit of 30.0 s for the first token ran out", 5L);
    TimingDetail detail =
        new TimingDetail(
            ramp(396, 3_000, 10),
            ramp(192, 90_000, 1_000),
            ramp(190, 480_000, 2_000),
            ramp(12, 700_000, 3_000),
            198,
            17);
    return result(
        ProducerState.Status.ABORTED,
        "The run was stopped after 200 of 1000 requests",
        ended(192, Map.of(RequestStatus.HTTP_ERROR, 3L, RequestStatus.TIMEOUT, 5L)),
        failures,
        metrics(192, 20.5, detail),
        new Trust(
            20,
            List.of(
                new Trust.Reason(
                    Trust.Cause.STALLS,
                    "The event loops stood still for more than 5 ms: give the generator more cores"
                        + " or split the plan with --shard",
                    true,
                    4,
                    List.of(1L, 2L, 3L, 9L)))),
        new SpillReport(1_200, 4.25, 3, 40, null),
        new SteadyState(
            1.2,
            18.75,
            9.8,
            0.93,
            150,
            10.25,
            1_025.5,
            ramp(150, 95_000, 900),
            ramp(150, 8_500, 10),
            ramp(150, 8_000, 20),
            ramp(150, 850_000, 5_000)),
        List.of("The page /metrics of the server was not there: server metrics are missing"));
  }

  /** A run in which nothing went wrong. */
  static LoadResult plain() {
    return result(
        ProducerState.Status.COMPLETED,
        null,
        ended(192, Map.of()),
        Map.of(),
        metrics(192, 20.5, detailAsUsual()),
        new Trust(20, List.of()),
        SpillReport.NONE,
        null,
        List.of());
  }

  /** A run in which nothing went well. */
  static LoadResult failed() {
    return result(
        ProducerState.Status.COMPLETED,
        null,
        ended(0, Map.of(RequestStatus.CONNECT_ERROR, 7L)),
        Map.of("There is no connection to 127.0.0.1:1: Connection refused", 7L),
        new LoadMetrics(
            0,
            0,
            0,
            0.5,
            LatencyDistribution.EMPTY,
            LatencyDistribution.EMPTY,
            LatencyDistribution.EMPTY,
            LatencyDistribution.EMPTY,
            LatencyDistribution.EMPTY,
            LatencyDistribution.EMPTY,
            TimingDetail.EMPTY),
        Trust.UNKNOWN,
        SpillReport.NONE,
        null,
        List.of());
  }

  private static TimingDetail detailAsUsual() {
    return new TimingDetail(
        ramp(198, 9_000, 25),
        LatencyDistribution.EMPTY,
        ramp(192, 90_000, 1_000),
        LatencyDistribution.EMPTY,
        198,
        0);
  }

  private static LoadMetrics metrics(long completed, double seconds, TimingDetail detail) {
    return new LoadMetrics(
        completed,
        98_304,
        19_200,
        seconds,
        ramp(192, 90_000, 1_000),
        ramp(192, 9_000, 10),
        ramp(198, 9_000, 25),
        ramp(192, 900_000, 10_000),
        ramp(192, 120_000, 5_000),
        ramp(192, 930_000, 15_000),
        detail);
  }

  /** So many values, from one on, evenly apart; microseconds. */
  private static LatencyDistribution ramp(int count, double fromUs, double stepUs) {
    return LatencyDistribution.of(
        IntStream.range(0, count).mapToDouble(i -> fromUs + i * stepUs).toArray());
  }

  private static Map<RequestStatus, Long> ended(long ok, Map<RequestStatus, Long> others) {
    Map<RequestStatus, Long> ended = new EnumMap<>(RequestStatus.class);
    for (RequestStatus status : RequestStatus.values()) {
      ended.put(status, others.getOrDefault(status, 0L));
    }
    ended.put(RequestStatus.OK, ok);
    return ended;
  }

  private static LoadResult result(
      ProducerState.Status status,
      String reason,
      Map<RequestStatus, Long> ended,
      Map<String, Long> failures,
      LoadMetrics metrics,
      Trust trust,
      SpillReport spill,
      SteadyState steadyState,
      List<String> notes) {
    long sent = ended.values().stream().mapToLong(Long::longValue).sum();
    return new LoadResult(
        "20260131-120000-fixed",
        "producer",
        "org/model",
        status,
        reason,
        1_769_860_800_000_000L,
        sent,
        sent,
        ended,
        failures,
        metrics,
        new PeakLoad(0, 0),
        List.of(),
        spill.dropped(),
        spill.records() == 0 ? Map.of() : PUBLISHED,
        trust,
        spill,
        steadyState,
        null,
        List.of(),
        List.of(),
        List.of(),
        notes);
  }
}
