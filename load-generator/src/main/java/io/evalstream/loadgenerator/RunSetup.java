package io.evalstream.loadgenerator;

import io.evalstream.events.Arm;
import io.evalstream.events.RunPlan;
import io.evalstream.loadgenerator.measure.RunClock;
import io.evalstream.loadgenerator.plan.BlockWorkload;
import io.evalstream.loadgenerator.plan.PlannedRequest;
import io.evalstream.loadgenerator.plan.SeededRandom;
import io.evalstream.loadgenerator.publish.EventPublisher;
import io.evalstream.loadgenerator.servermetrics.ServerMetricsScraper;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Everything a run needs, found to be in order.
 *
 * @param servers the one under load, and the one it is compared with if there is one
 * @param plan this process's part of the plan
 * @param wholePlan requests of all processes
 * @param serverMetrics where the server tells how it is, and where its GPUs do; may be empty
 */
record RunSetup(
    LoadConfig config,
    String runId,
    String producerId,
    List<Server> servers,
    List<PlannedRequest> plan,
    long wholePlan,
    List<ServerMetricsScraper.Source> serverMetrics,
    List<EventLoop> loops,
    RunClock clock,
    EventPublisher publisher) {

  private static final long ORDER = -5;

  /** The model of the server under load. */
  String model() {
    return servers.get(0).model();
  }

  /** Requests that this process sends, to all servers. */
  int planned() {
    return plan.size() * servers.size();
  }

  /** How the run is cut into blocks; null when it is not. */
  RunPlan.Blocks blocks() {
    if (!(config.workload() instanceof BlockWorkload workload)) {
      return null;
    }
    int requests = (int) (wholePlan / workload.blocks());
    return new RunPlan.Blocks(
        workload.blocks(),
        requests,
        BlockWorkload.warmUp(requests),
        servers.size() == 1 ? null : order(workload.blocks()));
  }

  /** What is sent in one go, in order. */
  List<Batch> batches() {
    boolean cut = plan.get(0).block() != null;
    if (!cut) {
      return IntStream.range(0, servers.size()).mapToObj(i -> new Batch(i, plan)).toList();
    }
    RunPlan.Blocks blocks = blocks();
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < blocks.count() * servers.size(); i++) {
      int from = i / servers.size() * blocks.requests();
      int server = blocks.order() == null || blocks.order().get(i) == Arm.A ? 0 : 1;
      batches.add(new Batch(server, plan.subList(from, from + blocks.requests())));
    }
    return batches;
  }

  /** Both servers get each block, by the toss of a seeded coin A or B first. */
  private List<Arm> order(int blocks) {
    SeededRandom random = new SeededRandom(SeededRandom.mix(config.run().seed(), ORDER));
    List<Arm> order = new ArrayList<>(2 * blocks);
    for (int i = 0; i < blocks; i++) {
      order.addAll(random.nextInt(2) == 0 ? List.of(Arm.A, Arm.B) : List.of(Arm.B, Arm.A));
    }
    return order;
  }

  /** A run before the run, of so many times the first request, that is published nowhere. */
  RunSetup warmup(int count) {
    return new RunSetup(
        config.warmup(),
        runId + "-warmup",
        producerId,
        servers,
        IntStream.range(0, count).mapToObj(plan.get(0)::again).toList(),
        count,
        List.of(),
        loops,
        clock,
        EventPublisher.NONE);
  }
}
