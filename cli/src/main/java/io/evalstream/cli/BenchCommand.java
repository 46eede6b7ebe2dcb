package io.evalstream.cli;

import io.evalstream.cli.process.ChildProcess;
import io.evalstream.cli.process.Tether;
import io.evalstream.cli.terminal.LiveLine;
import io.evalstream.events.ProducerState;
import io.evalstream.loadgenerator.Endpoint;
import io.evalstream.loadgenerator.LoadConfig;
import io.evalstream.loadgenerator.LoadGenerator;
import io.evalstream.loadgenerator.LoadResult;
import io.evalstream.loadgenerator.RunDescription;
import io.evalstream.loadgenerator.http.Origin;
import io.evalstream.loadgenerator.measure.Timeouts;
import io.evalstream.loadgenerator.plan.Arrivals;
import io.evalstream.loadgenerator.plan.RandomWorkload;
import io.evalstream.loadgenerator.plan.TraceWorkload;
import io.evalstream.loadgenerator.plan.Workload;
import io.evalstream.loadgenerator.publish.KafkaConfig;
import io.evalstream.loadgenerator.request.Backend;
import io.evalstream.loadgenerator.request.RequestOptions;
import io.evalstream.local.stack.StackAddresses;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A load test. */
@Command(
    name = "bench",
    description = {
      "Loads a server, times every token, prints what it measured.",
      "Publishes to the local stack when one runs, or to --kafka."
    })
final class BenchCommand implements Callable<Integer> {

  private static final int ABORT_SECONDS = 20;

  @Spec private CommandSpec spec;

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8000",
      description = "The server (${DEFAULT-VALUE}).")
  private String baseUrl;

  @Option(
      names = "--backend",
      defaultValue = "vllm",
      description = "vllm, openai or openai-chat (${DEFAULT-VALUE}).")
  private String backend;

  @Option(names = "--model", description = "The model; the server's first when left out.")
  private String model;

  @Option(
      names = "--api-key",
      defaultValue = "${env:OPENAI_API_KEY:-}",
      description = "The server's key; better given as $OPENAI_API_KEY.")
  private String apiKey;

  @Option(names = "--num-prompts", description = "Requests to send (1000; of a trace, all).")
  private Integer numPrompts;

  @Option(
      names = "--random-input-len",
      defaultValue = "1024",
      description = "Tokens of a prompt (${DEFAULT-VALUE}).")
  private int inputLen;

  @Option(
      names = "--random-output-len",
      defaultValue = "128",
      description = "Tokens of an answer (${DEFAULT-VALUE}).")
  private int outputLen;

  @Option(
      names = "--random-range-ratio",
      defaultValue = "0",
      description = "How far lengths spread around that, as a fraction (${DEFAULT-VALUE}).")
  private double rangeRatio;

  @Option(
      names = "--request-rate",
      defaultValue = "inf",
      description = "Requests per second; inf sends at once (${DEFAULT-VALUE}).")
  private String requestRate;

  @Option(
      names = "--arrivals",
      paramLabel = "poisson|constant",
      defaultValue = "poisson",
      description = "How requests are spaced under a rate (${DEFAULT-VALUE}).")
  private Arrivals.Spacing spacing;

  @Option(
      names = "--max-concurrency",
      description = "Most requests in flight; no limit by default.")
  private Integer maxConcurrency;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Replay a trace (CSV: TIMESTAMP,ContextTokens,GeneratedTokens).")
  private Path trace;

  @Option(
      names = "--speedup",
      defaultValue = "1",
      description = "How many times faster than the trace (${DEFAULT-VALUE}).")
  private double speedup;

  @Option(
      names = "--ignore-eos",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Generate the asked length, whatever the model says (${DEFAULT-VALUE}).")
  private boolean ignoreEos;

  @Option(names = "--temperature", defaultValue = "0", description = "(${DEFAULT-VALUE})")
  private double temperature;

  @Option(
      names = "--connect-timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "(${DEFAULT-VALUE})")
  private int connectTimeout;

  @Option(
      names = "--first-token-timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "(${DEFAULT-VALUE})")
  private int firstTokenTimeout;

  @Option(
      names = "--gap-timeout",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "(${DEFAULT-VALUE})")
  private int gapTimeout;

  @Option(
      names = "--total-timeout",
      paramLabel = "SECONDS",
      defaultValue = "21600",
      description = "(${DEFAULT-VALUE})")
  private int totalTimeout;

  @Option(names = "--seed", defaultValue = "0", description = "Of all draws (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--run-id",
      description = "Begins with the date, yyyymmdd; made up when left out.")
  private String runId;

  @Option(
      names = "--release",
      paramLabel = "TAG",
      defaultValue = "unknown",
      description = "The image tag under test (${DEFAULT-VALUE}).")
  private String release;

  @Option(
      names = "--scenario",
      defaultValue = "default",
      description = "The name of what is measured (${DEFAULT-VALUE}).")
  private String scenario;

  @Option(names = "--label", paramLabel = "KEY=VALUE", description = "Kept with the run.")
  private Map<String, String> labels = Map.of();

  @Option(
      names = "--environment",
      paramLabel = "KEY=VALUE",
      description = "What must be equal for runs to be comparable.")
  private Map<String, String> environment = Map.of();

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "Kafka to publish to; the local stack's when one runs.")
  private String kafka;

  @Option(
      names = "--kafka-property",
      paramLabel = "KEY=VALUE",
      description = "Further settings of the producer (TLS, SASL).")
  private Map<String, String> kafkaProperties = Map.of();

  @Option(names = "--no-publish", description = "Only measure and print.")
  private boolean measureOnly;

  @Option(names = ChildProcess.TETHERED, hidden = true)
  private boolean tethered;

  @Override
  public Integer call() {
    CommonOptions options = CommonOptions.of(spec);
    Messages messages = options.messages();
    PrintWriter out = spec.commandLine().getOut();
    LoadConfig config = config(options);
    LoadGenerator generator = new LoadGenerator();
    CountDownLatch done = new CountDownLatch(1);
    Thread abort = new Thread(() -> abort(generator, done), "abort-run");
    Runtime.getRuntime().addShutdownHook(abort);
    if (tethered) {
      Tether.hold();
    }
    try {
      if (config.kafka() == null) {
        out.println(messages.get("bench.unpublished"));
      }
      BenchProgress progress = new BenchProgress(messages, out, new LiveLine(out));
      LoadResult result = generator.run(config, progress);
      progress.end();
      new BenchReport(messages).lines(result).forEach(out::println);
      if (config.kafka() != null) {
        out.println(messages.get("bench.published", result.runId()));
      }
      return exitCode(result).number();
    } finally {
      done.countDown();
    }
  }

  private static ExitCode exitCode(LoadResult result) {
    if (result.status() != ProducerState.Status.COMPLETED) {
      return ExitCode.INCOMPLETE;
    }
    return result.completed() == 0 ? ExitCode.BROKE : ExitCode.FINE;
  }

  private static void abort(LoadGenerator generator, CountDownLatch done) {
    generator.abort();
    try {
      done.await(ABORT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private LoadConfig config(CommonOptions options) {
    return new LoadConfig(
        new Endpoint(Origin.parse(baseUrl), Backend.named(backend), model, apiKey),
        workload(),
        maxConcurrency,
        new RequestOptions(ignoreEos, null, true, temperature),
        new Timeouts(
            Duration.ofSeconds(connectTimeout),
            Duration.ofSeconds(firstTokenTimeout),
            Duration.ofSeconds(gapTimeout),
            Duration.ofSeconds(totalTimeout)),
        new RunDescription(runId, release, null, scenario, labels, environment, null, seed),
        publishTo(options));
  }

  private Workload workload() {
    if (trace != null) {
      return new TraceWorkload(trace, speedup, numPrompts);
    }
    return new RandomWorkload(
        numPrompts == null ? RandomWorkload.DEFAULT.numPrompts() : numPrompts,
        inputLen,
        outputLen,
        rangeRatio,
        new Arrivals(rate(), spacing));
  }

  private double rate() {
    try {
      return requestRate.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(requestRate);
    } catch (NumberFormatException e) {
      throw new CliException(
          ExitCode.WRONG_USE,
          "--request-rate is '" + requestRate + "': give requests per second, or inf.",
          e);
    }
  }

  private KafkaConfig publishTo(CommonOptions options) {
    if (measureOnly) {
      return null;
    }
    if (kafka != null) {
      return new KafkaConfig(kafka, kafkaProperties);
    }
    return options
        .stack()
        .map(StackAddresses::kafka)
        .map(address -> new KafkaConfig(address, kafkaProperties))
        .orElse(null);
  }
}
