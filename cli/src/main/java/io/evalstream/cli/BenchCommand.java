package io.evalstream.cli;

import io.evalstream.cli.load.EnvironmentVariables;
import io.evalstream.cli.load.LoadOptions;
import io.evalstream.cli.load.ScenarioOptions;
import io.evalstream.cli.process.ChildProcess;
import io.evalstream.cli.process.Tether;
import io.evalstream.cli.terminal.LiveLine;
import io.evalstream.events.ProducerState;
import io.evalstream.loadgenerator.LoadConfig;
import io.evalstream.loadgenerator.LoadGenerator;
import io.evalstream.loadgenerator.LoadResult;
import io.evalstream.loadgenerator.publish.KafkaConfig;
import io.evalstream.loadgenerator.publish.SpillOptions;
import io.evalstream.local.stack.StackAddresses;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A load test, or one for each of several scenarios. */
@Command(
    name = "bench",
    description = {
      "Loads a server, times every token, prints what it measured.",
      "Publishes to the local stack when one runs, or to --kafka.",
      "Flags are those of vllm bench serve; variables such as MODEL_NAME give them defaults."
    })
final class BenchCommand implements Callable<Integer> {

  private static final int ABORT_SECONDS = 20;

  @Spec private CommandSpec spec;

  @Mixin(name = LoadRuns.MIXIN)
  private LoadOptions load;

  @Mixin private ScenarioOptions scenarios;

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

  @Option(
      names = "--spill-directory",
      paramLabel = "DIR",
      defaultValue = ".evalstream/spill",
      description = "Where records wait while Kafka is away, up to 1 GiB (${DEFAULT-VALUE}).")
  private Path spillDirectory;

  @Option(names = "--no-publish", description = "Only measure and print.")
  private boolean measureOnly;

  @Option(names = ChildProcess.TETHERED, hidden = true)
  private boolean tethered;

  @Override
  public Integer call() {
    CommonOptions options = CommonOptions.of(spec);
    EnvironmentVariables environment =
        (EnvironmentVariables) spec.commandLine().getDefaultValueProvider();
    environment.check();
    KafkaConfig publishTo = publishTo(options);
    List<LoadRuns.Run> runs = LoadRuns.of(spec, load, scenarios);
    List<LoadConfig> configs = runs.stream().map(run -> run.config(publishTo)).toList();
    runs.forEach(run -> run.options().prepare());
    AbortSwitch abort = new AbortSwitch();
    CountDownLatch done = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> abort(abort, done), "abort-run"));
    if (tethered) {
      Tether.hold();
    }
    try {
      ExitCode worst = ExitCode.FINE;
      for (int i = 0; i < runs.size(); i++) {
        ExitCode outcome = outcome(runs.get(i), configs.get(i), abort, environment);
        worst = worst == ExitCode.BROKE || outcome == ExitCode.FINE ? worst : outcome;
      }
      return worst.number();
    } finally {
      done.countDown();
    }
  }

  private ExitCode outcome(
      LoadRuns.Run run, LoadConfig config, AbortSwitch abort, EnvironmentVariables environment) {
    announce(run, config);
    if (run.options().searches()) {
      return new MaxRate(CommonOptions.of(spec).messages(), spec.commandLine().getOut(), run, abort)
          .find(config.kafka());
    }
    LoadGenerator generator = new LoadGenerator();
    return abort.begin(generator)
        ? exitCode(measured(run, config, generator, environment))
        : ExitCode.INCOMPLETE;
  }

  private void announce(LoadRuns.Run run, LoadConfig config) {
    Messages messages = CommonOptions.of(spec).messages();
    PrintWriter out = spec.commandLine().getOut();
    if (config.kafka() == null) {
      out.println(messages.get("bench.unpublished"));
    }
    if (run.scenario() != null) {
      out.println(messages.get("bench.scenario", run.scenario().name()));
    }
  }

  private LoadResult measured(
      LoadRuns.Run run,
      LoadConfig config,
      LoadGenerator generator,
      EnvironmentVariables environment) {
    Messages messages = CommonOptions.of(spec).messages();
    PrintWriter out = spec.commandLine().getOut();
    LiveLine line =
        new LiveLine(run.options().quiet() ? new PrintWriter(Writer.nullWriter()) : out);
    BenchProgress progress = new BenchProgress(messages, out, line);
    LoadResult result = generator.run(config, progress);
    progress.end();
    new BenchReport(messages, run.options().resultOptions(run.place()))
        .lines(result)
        .forEach(out::println);
    new TurnReport(messages).lines(result.turns()).forEach(out::println);
    new BlockReport(messages).lines(result.blocks()).forEach(out::println);
    new ComparisonReport(messages, config.run().seed()).lines(result).forEach(out::println);
    if (config.kafka() != null) {
      out.println(messages.get("bench.published", result.runId()));
    }
    run.options()
        .save(run.place(), result, ZonedDateTime.now(environment.zone()))
        .ifPresent(file -> out.println(messages.get("bench.saved", file)));
    return result;
  }

  private static ExitCode exitCode(LoadResult result) {
    if (result.status() != ProducerState.Status.COMPLETED) {
      return ExitCode.INCOMPLETE;
    }
    return result.completed() == 0 ? ExitCode.BROKE : ExitCode.FINE;
  }

  private static void abort(AbortSwitch abort, CountDownLatch done) {
    abort.abort();
    try {
      done.await(ABORT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private KafkaConfig publishTo(CommonOptions options) {
    if (measureOnly) {
      return null;
    }
    if (kafka != null) {
      return publishTo(kafka);
    }
    return options.stack().map(StackAddresses::kafka).map(this::publishTo).orElse(null);
  }

  private KafkaConfig publishTo(String address) {
    return new KafkaConfig(address, kafkaProperties, new SpillOptions(spillDirectory));
  }
}
