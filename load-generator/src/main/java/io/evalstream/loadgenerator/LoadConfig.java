package io.evalstream.loadgenerator;

import io.evalstream.loadgenerator.measure.Timeouts;
import io.evalstream.loadgenerator.plan.Workload;
import io.evalstream.loadgenerator.publish.KafkaConfig;
import io.evalstream.loadgenerator.request.RequestOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A load test.
 *
 * @param maxConcurrency most requests in flight; null for no limit. Without a rate this makes a
 *     closed loop; with one, requests that must wait keep their intended start
 * @param kafka where to publish; null to only measure
 */
public record LoadConfig(
    Endpoint endpoint,
    Workload workload,
    Integer maxConcurrency,
    RequestOptions request,
    Timeouts timeouts,
    RunOptions options,
    RunDescription run,
    KafkaConfig kafka) {

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
    if (maxConcurrency != null && maxConcurrency < 1) {
      throw new IllegalArgumentException(
          "max-concurrency is " + maxConcurrency + ": give a number from 1 on");
    }
  }

  /** With nothing done beside the load. */
  public LoadConfig(
      Endpoint endpoint,
      Workload workload,
      Integer maxConcurrency,
      RequestOptions request,
      Timeouts timeouts,
      RunDescription run,
      KafkaConfig kafka) {
    this(endpoint, workload, maxConcurrency, request, timeouts, RunOptions.DEFAULT, run, kafka);
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
    return new LoadConfig(
        endpoint, workload, maxConcurrency, request, timeouts, RunOptions.DEFAULT, run, null);
  }

  private static void present(String name, Object value) {
    if (value == null) {
      throw new IllegalArgumentException(name + ": nothing is given");
    }
  }
}
