package io.evalstream.cli;

import io.evalstream.cli.load.EnvironmentVariables;
import io.evalstream.cli.load.LoadOptions;
import io.evalstream.cli.load.ScenarioOptions;
import io.evalstream.cli.terminal.Numbers;
import io.evalstream.cli.terminal.TextTable;
import io.evalstream.loadgenerator.LoadConfig;
import io.evalstream.loadgenerator.plan.PlanEstimate;
import io.evalstream.loadgenerator.plan.PlanException;
import io.evalstream.loadgenerator.plan.PlannedRequest;
import java.io.PrintWriter;
import java.util.List;
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
    List<LoadRuns.Run> runs = LoadRuns.of(spec, load, scenarios);
    double minutes = 0;
    for (LoadRuns.Run run : runs) {
      LoadConfig config = run.config(null);
      PlanEstimate estimate = PlanEstimate.of(plan(config), config.maxConcurrency(), pace);
      minutes += minutes(estimate);
      row(table, config.run().scenario(), estimate);
    }
    PrintWriter out = spec.commandLine().getOut();
    table.lines().forEach(out::println);
    out.println();
    if (runs.size() > 1) {
      out.println(messages.get("plan.total", Numbers.decimal(minutes)));
    }
    out.println(messages.get("plan.pace", Numbers.decimal(ttft), Numbers.decimal(tpot)));
    out.println(messages.get("plan.block", BLOCK_SECONDS, BLOCK_REQUESTS));
    return ExitCode.FINE.number();
  }

  private static List<PlannedRequest> plan(LoadConfig config) {
    try {
      return config.workload().plan(config.run().seed());
    } catch (PlanException e) {
      throw new CliException(ExitCode.WRONG_USE, e.getMessage(), e);
    }
  }

  private static void row(TextTable table, String scenario, PlanEstimate estimate) {
    table.row(
        scenario,
        Numbers.count(estimate.requests()),
        Numbers.count(estimate.inputTokens()),
        Numbers.count(estimate.outputTokens()),
        Numbers.decimal(minutes(estimate)),
        Numbers.count(estimate.blocks(BLOCK_SECONDS, BLOCK_REQUESTS)));
  }

  private static double minutes(PlanEstimate estimate) {
    return estimate.durationSeconds() / 60;
  }
}
