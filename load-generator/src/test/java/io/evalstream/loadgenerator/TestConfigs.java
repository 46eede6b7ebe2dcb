package io.evalstream.loadgenerator;

import io.evalstream.loadgenerator.http.Origin;
import io.evalstream.loadgenerator.measure.Timeouts;
import io.evalstream.loadgenerator.plan.Arrivals;
import io.evalstream.loadgenerator.plan.RandomWorkload;
import io.evalstream.loadgenerator.plan.Workload;
import io.evalstream.loadgenerator.publish.KafkaConfig;
import io.evalstream.loadgenerator.request.Backend;
import io.evalstream.loadgenerator.request.RequestOptions;
import java.time.Duration;
import java.util.Map;

/** Configurations that tests share. */
final class TestConfigs {

  /** Short enough for a test that waits for one of them, long enough never to hit by accident. */
  static final Duration LONG = Duration.ofSeconds(60);

  static final Timeouts PATIENT = new Timeouts(LONG, LONG, LONG, LONG);

  private TestConfigs() {}

  static Workload requests(int count) {
    return new RandomWorkload(count, 16, 8, 0, Arrivals.UNLIMITED);
  }

  static LoadConfig config(String url, Workload workload, Integer concurrency, Timeouts timeouts) {
    return config(url, workload, concurrency, timeouts, Backend.VLLM, null, null);
  }

  /** A shard of a run. */
  static LoadConfig shard(
      String url, Workload workload, Integer concurrency, String runId, Shard shard) {
    RunDescription plain = RunDescription.DEFAULT;
    return new LoadConfig(
            new Endpoint(Origin.parse(url), Backend.VLLM, null, null),
            workload,
            concurrency,
            RequestOptions.DEFAULT,
            PATIENT,
            new RunDescription(
                runId,
                plain.release(),
                null,
                plain.scenario(),
                Map.of(),
                Map.of(),
                null,
                plain.seed()),
            new KafkaConfig("recorded", Map.of()))
        .with(shard);
  }

  static LoadConfig config(
      String url,
      Workload workload,
      Integer concurrency,
      Timeouts timeouts,
      Backend backend,
      String model,
      String apiKey) {
    return new LoadConfig(
        new Endpoint(Origin.parse(url), backend, model, apiKey),
        workload,
        concurrency,
        RequestOptions.DEFAULT,
        timeouts,
        RunDescription.DEFAULT,
        new KafkaConfig("recorded", Map.of()));
  }
}
