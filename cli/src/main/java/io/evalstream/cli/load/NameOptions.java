package io.evalstream.cli.load;

import io.evalstream.cli.CliException;
import io.evalstream.cli.ExitCode;
import io.evalstream.loadgenerator.RunDescription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What a run is called. */
final class NameOptions {

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
      names = "--scenario-name",
      paramLabel = "NAME",
      description = "The name of what is measured; the scenario's own when left out.")
  private String scenarioName;

  @Option(
      names = "--label",
      paramLabel = "TEXT|KEY=VALUE",
      description = "TEXT begins the result file's name; KEY=VALUE is kept with the run.")
  private List<String> labels = List.of();

  @Option(
      names = "--metadata",
      arity = "1..*",
      paramLabel = "KEY=VALUE",
      description = "Kept with the run and in the result file.")
  private Map<String, String> metadata = new LinkedHashMap<>();

  @Option(
      names = "--environment",
      arity = "1..*",
      paramLabel = "KEY=VALUE",
      description = "What must be equal for runs to be comparable.")
  private Map<String, String> environment = new LinkedHashMap<>();

  /**
   * The run.
   *
   * @param scenario the scenario's name; null outside of one
   * @param suite what the runs of several scenarios share; null for a single run
   */
  RunDescription run(String scenario, String suite, long seed) {
    Map<String, String> all = new LinkedHashMap<>(metadata);
    for (String label : labels) {
      int equals = label.indexOf('=');
      if (equals >= 0) {
        all.put(label.substring(0, equals), label.substring(equals + 1));
      }
    }
    String id = runId;
    if (suite != null) {
      all.put("suite", suite);
      id = runId == null ? null : runId + "-" + scenario;
    }
    return new RunDescription(
        id, release, null, scenarioName(scenario), all, environment, null, seed);
  }

  /** The beginning of a result file's name; null when none is given. */
  String label() {
    List<String> texts = labels.stream().filter(label -> !label.contains("=")).toList();
    if (texts.size() > 1) {
      throw new CliException(
          ExitCode.WRONG_USE, "--label names the result file twice: give one text.");
    }
    return texts.isEmpty() ? null : texts.get(0);
  }

  Map<String, String> metadata() {
    return metadata;
  }

  /** What the runs of one suite share, if the user has named the run. */
  String runId() {
    return runId;
  }

  private String scenarioName(String scenario) {
    if (scenarioName != null) {
      return scenarioName;
    }
    return scenario == null ? RunDescription.DEFAULT.scenario() : scenario;
  }
}
