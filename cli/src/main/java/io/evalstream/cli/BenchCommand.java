package io.evalstream.cli;

import io.evalstream.cli.load.EnvironmentVariables;
import io.evalstream.cli.load.LoadOptions;
import io.evalstream.cli.load.ScenarioOptions;
import io.evalstream.cli.process.ChildProcess;
import io.evalstream.cli.process.Tether;
import io.evalstream.cli.report.SuiteReport;
import io.evalstream.cli.terminal.Ink;
import io.evalstream.cli.terminal.LiveLine;
import io.evalstream.events.ProducerState;
import io.evalstream.loadgenerator.LoadConfig;
import io.evalstream.loadgenerator.LoadGenerator;
import io.evalstream.loadgenerator.LoadResult;
import io.evalstream.loadgenerator.publish.KafkaConfig;
import io.evalstream.loadgenerator.publish.PublishedRuns;
import io.evalstream.loadgenerator.publish.RawLogOptions;
import io.evalstream.loadgenerator.publish.SpillOptions;
import io.evalstream.statistics.grade.GradeRules;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
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
  @Mixin private SloOptions slo;

  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--spill-directory",
      paramLabel = "DIR",
      defaultValue = ".evalstream/spill",
      description = "Where records wait while Kafka is away, up to 1 GiB (${DEFAULT-VALUE}).")
  private Path spillDirectory;

  @Option(names = "--no-publish", description = "Only measure and print.")
  private boolean measureOnly;

  @Option(
      names = "--calibrate",
      description =
          "Measure the generator's own error under this load: send it to a simulated server of"
              + " known times, and publish nothing.")
  private boolean calibrate;

  @Option(names = ChildProcess.TETHERED, hidden = true)
  private boolean tethered;

  @Override
  public Integer call() {
    CommonOptions options = CommonOptions.of(spec);
    EnvironmentVariables environment =
        (EnvironmentVariables) spec.commandLine().getDefaultValueProvider();
    environment.check();
    if (calibrate) {
      return calibrated(options).number();
    }
    KafkaConfig publishTo = publishTo(options);
    List<LoadRuns.Run> runs = LoadRuns.of(spec, load, scenarios);
    GradeRules rules = slo.rules();
    List<LoadConfig> configs =
        runs.stream()
            .map(run -> run.config(publishTo).gradedBy(rules.of(run.place().scenario())))
            .toList();
    configs.forEach(BenchCommand::refuseKnownRun);
    runs.forEach(run -> run.options().prepare());
    AbortSwitch abort = new AbortSwitch();
    CountDownLatch done = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> abort(abort, done), "abort-run"));
    if (tethered) {
      Tether.hold();
    }
    try {
      ExitCode worst = ExitCode.FINE;
      List<SuiteReport.Part> parts = new ArrayList<>();
      for (int i = 0; i < runs.size(); i++) {
        ExitCode outcome = outcome(runs.get(i), configs.get(i), rules, abort, environment, parts);
        worst = worst == ExitCode.BROKE || outcome == ExitCode.FINE ? worst : outcome;
      }
      if (parts.size() > 1) {
        new SuiteReport(options.messages(), Ink.ofTerminal(), rules)
            .lines(parts)
            .forEach(spec.commandLine().getOut()::println);
      }
      return worst.number();
    } finally {
      done.countDown();
    }
  }

  /** Records of two runs under one id would be taken for one run that was sent twice. */
  private static void refuseKnownRun(LoadConfig config) {
    String runId = config.run().runId();
    if (config.kafka() != null
        && runId != null
        && config.shard().count() == 1
        && PublishedRuns.contain(config.kafka(), runId)) {
      throw new CliException(
          ExitCode.WRONG_USE,
          "Run "
              + runId
              + " was published before: give another --run-id or none; parts of one run are sent"
              + " with --shard.");
    }
  }

  private ExitCode outcome(
      LoadRuns.Run run,
      LoadConfig config,
      GradeRules rules,
      AbortSwitch abort,
      EnvironmentVariables environment,
      List<SuiteReport.Part> parts) {
    announce(run, config);
    if (run.options().searches()) {
      return new MaxRate(CommonOptions.of(spec).messages(), spec.commandLine().getOut(), run, abort)
          .find(config.kafka());
    }
    LoadGenerator generator = new LoadGenerator();
    if (!abort.begin(generator)) {
      return ExitCode.INCOMPLETE;
    }
    LoadResult result = measured(run, config, generator, rules, environment);
    parts.add(SuiteReport.Part.of(run.place().scenario(), result, rules));
    return exitCode(result);
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
      GradeRules rules,
      EnvironmentVariables environment) {
    Messages messages = CommonOptions.of(spec).messages();
    PrintWriter out = spec.commandLine().getOut();
    LiveLine line =
        new LiveLine(run.options().quiet() ? new PrintWriter(Writer.nullWriter()) : out);
    BenchProgress progress = new BenchProgress(messages, out, line);
    LoadResult result = generator.run(config, progress);
    progress.end();
    new BenchReport(
            messages,
            Ink.ofTerminal(),
            run.options().resultOptions(run.place()),
            rules.of(run.place().scenario()))
        .lines(result)
        .forEach(out::println);
    new TurnReport(messages).lines(result.turns()).forEach(out::println);
    new BlockReport(messages).lines(result.blocks()).forEach(out::println);
    new ComparisonReport(messages, config.run().seed()).lines(result).forEach(out::println);
    if (config.kafka() != null) {
      out.println(messages.get("bench.published", result.runId()));
    }
    RawLogOptions rawLog = config.options().rawLog();
    if (rawLog != null) {
      out.println(
          messages.get(
              "bench.raw_log",
              rawLog.file(result.runId(), config.shard().index(), config.shard().count())));
    }
    run.options()
        .save(run.place(), result, ZonedDateTime.now(environment.zone()))
        .ifPresent(file -> out.println(messages.get("bench.saved", file)));
    return result;
  }

  private ExitCode calibrated(CommonOptions options) {
    if (kafka.given()) {
      throw new CliException(
          ExitCode.WRONG_USE,
          "--calibrate and --kafka are both given: a calibration publishes nothing, leave out one.");
    }
    List<LoadConfig> configs =
        LoadRuns.of(spec, load, scenarios).stream().map(run -> run.config(null)).toList();
    CalibrateRun run =
        new CalibrateRun(
            options.messages(),
            spec.commandLine().getOut(),
            options.directory().resolveSibling("calibration-server.log"));
    ExitCode worst = ExitCode.FINE;
    for (LoadConfig config : configs) {
      ExitCode outcome = run.of(config);
      worst = outcome == ExitCode.FINE ? worst : outcome;
    }
    return worst;
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
    return measureOnly
        ? null
        : kafka.config(options, new SpillOptions(spillDirectory)).orElse(null);
  }
}
