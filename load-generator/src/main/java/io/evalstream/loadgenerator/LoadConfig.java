package io.evalstream.loadgenerator;

import io.evalstream.events.RunPlan;
import io.evalstream.loadgenerator.health.TrustThresholds;
import io.evalstream.loadgenerator.http.NetworkOptions;
import io.evalstream.loadgenerator.measure.Timeouts;
import io.evalstream.loadgenerator.plan.BlockWorkload;
import io.evalstream.loadgenerator.plan.Workload;
import io.evalstream.loadgenerator.publish.KafkaConfig;
import io.evalstream.loadgenerator.request.RequestOptions;
import io.evalstream.loadgenerator.servermetrics.ServerMetricsOptions;
import io.evalstream.statistics.grade.GradeScale;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A load test.
 *
 * @param maxConcurrency most requests in flight; null for no limit. Without a rate this makes a
 *     closed loop; with one, requests that must wait keep their intended start
 * @param kafka where to publish; null to only measure
 * @param options what is done beside the load
 * @param shard which part of the plan to send
 * @param network how the server is reached
 * @param serverMetrics whether to ask the server how it is
 * @param trust from where on the generator's own trouble makes figures doubtful
 * @param against the server to compare with, in alternating blocks; null for none
 */
public record LoadConfig(
    Endpoint endpoint,
    Workload workload,
    Integer maxConcurrency,
    RequestOptions request,
    Timeouts timeouts,
    RunOptions options,
    RunDescription run,
    KafkaConfig kafka,
    Shard shard,
    NetworkOptions network,
    ServerMetricsOptions serverMetrics,
    TrustThresholds trust,
    Against against) {

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public LoadConfig {
    present("endpoint", endpoint);
    present("workload", workload);
    present("request options", request);
    present("timeouts", timeouts);
    present("run options", options);
    present("run", run);
    present("shard", shard);
    present("network", network);
    present("server metrics", serverMetrics);
    present("trust thresholds", trust);
    if (maxConcurrency != null && maxConcurrency < 1) {
      throw new IllegalArgumentException(
          "max-concurrency is " + maxConcurrency + ": give a number from 1 on");
    }
    if (maxConcurrency != null && maxConcurrency < shard.count()) {
      throw new IllegalArgumentException(
          "max-concurrency is "
              + maxConcurrency
              + " and is shared by "
              + shard.count()
              + " processes: give at least one to each");
    }
    if (shard.count() > RunPlan.MAX_PRODUCERS) {
      throw new IllegalArgumentException(
          "shard is one of " + shard.count() + ": give at most " + RunPlan.MAX_PRODUCERS);
    }
    boolean blocks = workload instanceof BlockWorkload;
    if (against != null && !blocks) {
      throw new IllegalArgumentException("ab compares blocks: give their number with blocks");
    }
    if (blocks && shard.shared()) {
      throw new IllegalArgumentException(
          "shard is given beside blocks: leave out one of them, nothing may be in flight between"
              + " two blocks and processes do not wait for each other");
    }
    if (shard.shared() && run.runId() == null) {
      throw new IllegalArgumentException(
          "a shard of a plan needs a run-id: give the same to all " + shard.count() + " processes");
    }
  }

  /** Of one server. */
  public LoadConfig(
      Endpoint endpoint,
      Workload workload,
      Integer maxConcurrency,
      RequestOptions request,
      Timeouts timeouts,
      RunOptions options,
      RunDescription run,
      KafkaConfig kafka,
      Shard shard,
      NetworkOptions network,
      ServerMetricsOptions serverMetrics,
      TrustThresholds trust) {
    this(
        endpoint,
        workload,
        maxConcurrency,
        request,
        timeouts,
        options,
        run,
        kafka,
        shard,
        network,
        serverMetrics,
        trust,
        null);
  }

  /** With everything that has a default left at it. */
  public LoadConfig(
      Endpoint endpoint,
      Workload workload,
      Integer maxConcurrency,
      RequestOptions request,
      Timeouts timeouts,
      RunDescription run,
      KafkaConfig kafka) {
    this(
        endpoint,
        workload,
        maxConcurrency,
        request,
        timeouts,
        RunOptions.DEFAULT,
        run,
        kafka,
        Shard.WHOLE,
        NetworkOptions.DEFAULT,
        ServerMetricsOptions.NONE,
        TrustThresholds.DEFAULT);
  }

  /** The same for a part of the plan. */
  public LoadConfig with(Shard other) {
    return with(options, kafka, other, network, serverMetrics, trust);
  }

  /** The same with the server reached in another way. */
  public LoadConfig with(NetworkOptions other) {
    return with(options, kafka, shard, other, serverMetrics, trust);
  }

  /** The same with the server asked how it is, or not. */
  public LoadConfig with(ServerMetricsOptions other) {
    return with(options, kafka, shard, network, other, trust);
  }

  /** The same with other thresholds of trust. */
  public LoadConfig with(TrustThresholds other) {
    return with(options, kafka, shard, network, serverMetrics, other);
  }

  /** The same with something done beside the load. */
  public LoadConfig with(RunOptions other) {
    return with(other, kafka, shard, network, serverMetrics, trust);
  }

  /** The same with a plan that says what the run is graded by. */
  public LoadConfig gradedBy(GradeScale scale) {
    return new LoadConfig(
        endpoint,
        workload,
        maxConcurrency,
        request,
        timeouts,
        options,
        run.gradedBy(scale),
        kafka,
        shard,
        network,
        serverMetrics,
        trust,
        against);
  }

  /** The same load with a server to compare with. */
  public LoadConfig with(Against other) {
    return with(endpoint, options, kafka, shard, network, serverMetrics, trust, other);
  }

  /** The same load for the server that is compared with. */
  LoadConfig other() {
    return with(
        against.endpoint(), options, kafka, shard, against.network(), serverMetrics, trust, null);
  }

  /** How load is made, for the run's plan: names as on the command line. */
  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>(workload.parameters());
    parameters.put("backend", endpoint.backend().text());
    if (!endpoint.path().equals(endpoint.backend().path())) {
      parameters.put("endpoint", endpoint.path());
    }
    if (maxConcurrency != null) {
      parameters.put("max-concurrency", maxConcurrency.toString());
    }
    if (against != null) {
      parameters.put("base-url", endpoint.origin().url(""));
      parameters.put("ab", against.endpoint().origin().url(""));
    }
    parameters.put("ignore-eos", Boolean.toString(request.ignoreEos()));
    if (request.minTokens() != null) {
      parameters.put("min-tokens", request.minTokens().toString());
    }
    if (request.temperature() != null) {
      parameters.put("temperature", request.temperature().toString());
    }
    if (request.extraBody() != null) {
      parameters.put("extra-body", request.extraBody());
    }
    parameters.put("continuous-usage", Boolean.toString(request.continuousUsage()));
    if (options.numWarmups() > 0) {
      parameters.put("num-warmups", Integer.toString(options.numWarmups()));
    }
    return parameters;
  }

  /** The same, only to warm the server up. */
  LoadConfig warmup() {
    return with(RunOptions.DEFAULT, null, Shard.WHOLE, network, ServerMetricsOptions.NONE, trust);
  }

  private LoadConfig with(
      RunOptions newOptions,
      KafkaConfig newKafka,
      Shard newShard,
      NetworkOptions newNetwork,
      ServerMetricsOptions newServerMetrics,
      TrustThresholds newTrust) {
    return with(
        endpoint, newOptions, newKafka, newShard, newNetwork, newServerMetrics, newTrust, against);
  }

  private LoadConfig with(
      Endpoint newEndpoint,
      RunOptions newOptions,
      KafkaConfig newKafka,
      Shard newShard,
      NetworkOptions newNetwork,
      ServerMetricsOptions newServerMetrics,
      TrustThresholds newTrust,
      Against newAgainst) {
    return new LoadConfig(
        newEndpoint,
        workload,
        maxConcurrency,
        request,
        timeouts,
        newOptions,
        run,
        newKafka,
        newShard,
        newNetwork,
        newServerMetrics,
        newTrust,
        newAgainst);
  }

  private static void present(String name, Object value) {
    if (value == null) {
      throw new IllegalArgumentException(name + ": nothing is given");
    }
  }
}
