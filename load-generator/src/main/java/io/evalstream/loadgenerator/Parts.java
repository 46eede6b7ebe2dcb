package io.evalstream.loadgenerator;

import io.evalstream.loadgenerator.measure.ExchangeContext;
import io.evalstream.loadgenerator.measure.LatencyDistribution;
import io.evalstream.loadgenerator.measure.RequestDetail;
import io.evalstream.loadgenerator.measure.RunClock;
import io.evalstream.loadgenerator.plan.PlannedRequest;
import io.evalstream.statistics.blocks.BlockStatistics;
import io.evalstream.statistics.blocks.RequestTiming;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a run says of its blocks, arms and turns, once everything has ended. */
final class Parts {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final long NANOS_PER_US = 1000;

  private final RunSetup setup;
  private final List<Batch> batches;
  private final List<ExchangeContext> contexts;
  private final List<Map<Long, RequestDetail>> details = new ArrayList<>();

  /** Of each server its context, in order. */
  Parts(RunSetup setup, List<Batch> batches, List<ExchangeContext> contexts) {
    this.setup = setup;
    this.batches = batches;
    this.contexts = contexts;
    for (ExchangeContext context : contexts) {
      Map<Long, RequestDetail> byIndex = new HashMap<>();
      context.details().byIndex().forEach(detail -> byIndex.put(detail.index(), detail));
      details.add(byIndex);
    }
  }

  /** Those of which every request has ended, in the order of sending; empty without blocks. */
  List<BlockResult> blocks() {
    List<BlockResult> blocks = new ArrayList<>();
    for (Batch batch : batches) {
      PlannedRequest first = batch.requests().get(0);
      Map<Long, RequestDetail> known = details.get(batch.server());
      boolean whole =
          first.block() != null
              && batch.requests().stream().allMatch(r -> known.containsKey((long) r.index()));
      if (whole) {
        blocks.add(
            new BlockResult(
                first.block().number(),
                setup.servers().get(batch.server()).arm(),
                batch.nanos() / NANOS_PER_SECOND,
                BlockStatistics.of(timings(batch, known), setup.config().workload().timed())));
      }
    }
    return blocks;
  }

  /** Each of two servers; empty when there is one. */
  List<ArmResult> arms() {
    if (setup.servers().size() == 1) {
      return List.of();
    }
    List<ArmResult> arms = new ArrayList<>();
    for (int i = 0; i < setup.servers().size(); i++) {
      int number = i;
      Server server = setup.servers().get(i);
      long nanos = batches.stream().filter(b -> b.server() == number).mapToLong(Batch::nanos).sum();
      arms.add(
          new ArmResult(
              server.arm(),
              server.endpoint().origin().url(""),
              server.model(),
              details.get(i).values().stream().filter(detail -> !detail.ok()).count(),
              contexts.get(i).measurements().metrics(nanos / NANOS_PER_SECOND)));
    }
    return arms;
  }

  /** TTFT of each turn of the conversations, from the first on; empty without conversations. */
  List<LatencyDistribution> turns() {
    Map<Integer, List<Double>> ttfts = new TreeMap<>();
    for (PlannedRequest planned : setup.plan()) {
      for (Map<Long, RequestDetail> known : details) {
        RequestDetail detail = known.get((long) planned.index());
        if (planned.turn() != null && detail != null && detail.ok()) {
          ttfts
              .computeIfAbsent(planned.turn().number(), turn -> new ArrayList<>())
              .add((double) detail.ttftUs());
        }
      }
    }
    return ttfts.values().stream()
        .map(
            values ->
                LatencyDistribution.of(values.stream().mapToDouble(Double::doubleValue).toArray()))
        .toList();
  }

  private List<RequestTiming> timings(Batch batch, Map<Long, RequestDetail> known) {
    RunClock clock = setup.clock();
    long startUs = clock.wallUs(batch.startNanos());
    List<RequestTiming> timings = new ArrayList<>();
    for (PlannedRequest planned : batch.requests()) {
      RequestDetail detail = known.get((long) planned.index());
      long arrivedUs =
          planned.starts() ? startUs + planned.offsetNanos() / NANOS_PER_US : detail.sentUs();
      timings.add(
          new RequestTiming(
              arrivedUs,
              detail.sentUs(),
              detail.sentUs() + detail.ttftUs(),
              detail.sentUs() + detail.e2elUs(),
              detail.outputTokens(),
              detail.ok(),
              planned.block().warmUp()));
    }
    return timings;
  }
}
