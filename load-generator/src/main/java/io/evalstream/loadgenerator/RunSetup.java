package io.evalstream.loadgenerator;

import io.evalstream.loadgenerator.http.ConnectionPool;
import io.evalstream.loadgenerator.http.HttpRequest;
import io.evalstream.loadgenerator.measure.RunClock;
import io.evalstream.loadgenerator.plan.PlannedRequest;
import io.evalstream.loadgenerator.publish.EventPublisher;
import io.evalstream.loadgenerator.servermetrics.ServerMetricsScraper;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Everything a run needs, found to be in order.
 *
 * @param plan this process's part of the plan
 * @param wholePlan requests of all processes
 * @param serverMetrics where the server tells how it is, and where its GPUs do; may be empty
 */
record RunSetup(
    LoadConfig config,
    String runId,
    String producerId,
    String model,
    List<PlannedRequest> plan,
    long wholePlan,
    HttpRequest.Factory requests,
    ConnectionPool.Target target,
    List<ServerMetricsScraper.Source> serverMetrics,
    List<EventLoop> loops,
    RunClock clock,
    EventPublisher publisher) {

  /** A run before the run, of so many times the first request, that is published nowhere. */
  RunSetup warmup(int count) {
    return new RunSetup(
        config.warmup(),
        runId + "-warmup",
        producerId,
        model,
        IntStream.range(0, count).mapToObj(plan.get(0)::again).toList(),
        count,
        requests,
        target,
        List.of(),
        loops,
        clock,
        EventPublisher.NONE);
  }
}
