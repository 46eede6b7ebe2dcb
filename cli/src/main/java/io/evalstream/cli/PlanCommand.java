package io.evalstream.cli;

import io.evalstream.cli.load.EnvironmentVariables;
import io.evalstream.cli.load.LoadOptions;
import io.evalstream.cli.load.ScenarioOptions;
import io.evalstream.cli.terminal.Numbers;
import io.evalstream.cli.terminal.TextTable;
import io.evalstream.loadgenerator.LoadConfig;
import io.evalstream.loadgenerator.plan.BlockWorkload;
import io.evalstream.loadgenerator.plan.PlanEstimate;
import io.evalstream.loadgenerator.plan.PlanException;
import io.evalstream.loadgenerator.plan.PlannedRequest;
import io.evalstream.statistics.blocks.DetectableChange;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a load test will cost. */
@Command(
    name = "plan",
    description = {
      "Says what a load test will cost, before anything is sent. Takes the flags of bench.",
      "How long it takes follows from how long an answer is expected to take."
    })
final class PlanCommand implements Callable<Integer> {

  // what a latency comparison is made of
  private static final int BLOCK_SECONDS = 60;
  private static final int BLOCK_REQUESTS = 100;
  private static final double ALPHA = 0.01;
  private static final double POWER = 0.8;

  @Spec private CommandSpec spec;

  @Mixin(name = LoadRuns.MIXIN)
  private LoadOptions load;

  @Mixin private ScenarioOptions scenarios;

  @Option(
      names = "--expected-ttft",
      paramLabel = "MS",
      defaultValue = "200",
      description = "Milliseconds until an answer's first token (${DEFAULT-VALUE}).")
  private double ttft;

  @Option(
      names = "--expected-tpot",
      paramLabel = "MS",
      defaultValue = "25",
      description = "Milliseconds for each further token (${DEFAULT-VALUE}).")
  private double tpot;

  @Option(
      names = "--block-noise",
      paramLabel = "PERCENT",
      defaultValue = "2",
      description =
          "How much blocks of equal servers differ of their own accord (${DEFAULT-VALUE}).")
  private double blockNoise;

  @Option(
      names = "--request-noise",
      paramLabel = "PERCENT",
      defaultValue = "5",
      description = "How much requests do (${DEFAULT-VALUE}).")
  private double requestNoise;

  @Override
  public Integer call() {
    Messages messages = CommonOptions.of(spec).messages();
    ((EnvironmentVariables) spec.commandLine().getDefaultValueProvider()).check();
    PlanEstimate.Pace pace = new PlanEstimate.Pace(ttft, tpot);
    TextTable table =
        new TextTable(
            messages.get("plan.scenario"),
            messages.get("plan.requests"),
            messages.get("plan.input"),
            messages.get("plan.output"),
            messages.get("plan.minutes"),
            messages.get("plan.blocks"));
    DetectableChange detectable =
        new DetectableChange(ALPHA, POWER, blockNoise / 100, requestNoise / 100);
    List<String> changes = new ArrayList<>();
    List<LoadRuns.Run> runs = LoadRuns.of(spec, load, scenarios);
    double minutes = 0;
    for (LoadRuns.Run run : runs) {
      LoadConfig config = run.config(null);
      PlanEstimate estimate = PlanEstimate.of(plan(config), config.maxConcurrency(), pace);
      changes.add(change(messages, config, estimate, detectable));
      estimate = estimate.times(config.against() == null ? 1 : 2);
      minutes += minutes(estimate);
      row(table, config, estimate);
    }
    PrintWriter out = spec.commandLine().getOut();
    table.lines().forEach(out::println);
    out.println();
    if (runs.size() > 1) {
      out.println(messages.get("plan.total", Numbers.decimal(minutes)));
    }
    out.println(messages.get("plan.pace", Numbers.decimal(ttft), Numbers.decimal(tpot)));
    out.println(messages.get("plan.block", BLOCK_SECONDS, BLOCK_REQUESTS));
    changes.forEach(out::println);
    out.println(
        messages.get("plan.noise", Numbers.decimal(blockNoise), Numbers.decimal(requestNoise)));
    return ExitCode.FINE.number();
  }

  private static List<PlannedRequest> plan(LoadConfig config) {
    try {
      return config.workload().plan(config.run().seed());
    } catch (PlanException e) {
      throw new CliException(ExitCode.WRONG_USE, e.getMessage(), e);
    }
  }

  private static String change(
      Messages messages, LoadConfig config, PlanEstimate estimate, DetectableChange detectable) {
    long blocks = blocks(config, estimate);
    long requests = blocks == 0 ? 0 : estimate.requests() / blocks;
    long measured = requests - BlockWorkload.warmUp((int) requests);
    OptionalDouble change = detectable.of((int) blocks, measured, config.run().seed());
    return change.isPresent()
        ? messages.get(
            "plan.detectable",
            config.run().scenario(),
            Numbers.count(blocks),
            Numbers.count(measured),
            Numbers.decimal(100 * change.getAsDouble()),
            Math.round(100 * POWER),
            Math.round(100 * ALPHA))
        : messages.get(
            "plan.undetectable",
            config.run().scenario(),
            Numbers.count(blocks),
            Math.round(100 * ALPHA),
            Math.round(Math.ceil(Math.log(1 / ALPHA) / Math.log(2))));
  }

  private static long blocks(LoadConfig config, PlanEstimate estimate) {
    return config.workload() instanceof BlockWorkload cut
        ? cut.blocks()
        : estimate.blocks(BLOCK_SECONDS, BLOCK_REQUESTS);
  }

  private static void row(TextTable table, LoadConfig config, PlanEstimate estimate) {
    table.row(
        config.run().scenario(),
        Numbers.count(estimate.requests()),
        Numbers.count(estimate.inputTokens()),
        Numbers.count(estimate.outputTokens()),
        Numbers.decimal(minutes(estimate)),
        Numbers.count(blocks(config, estimate)));
  }

  private static double minutes(PlanEstimate estimate) {
    return estimate.durationSeconds() / 60;
  }
}
