package io.evalstream.cli.load;

import io.evalstream.cli.CliException;
import io.evalstream.cli.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which scenarios to run. */
public final class ScenarioOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Scenarios in YAML; the program's own four when left out.")
  private Path config;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      description =
          "Run one scenario; of the program's own: basic_performance, concurrency_test,"
              + " long_context, stress_test.")
  private String scenario;

  @Option(
      names = "--all-scenarios",
      fallbackValue = "true",
      description = "Run all of them one after another; their runs share a label, suite.")
  private boolean all;

  /** Whether the runs belong together. */
  public boolean suite() {
    return all;
  }

  /**
   * The scenarios to run; none when flags alone decide.
   *
   * @param flags that a scenario may set, without their dashes
   * @throws CliException saying what to choose
   */
  public List<Scenario> chosen(Set<String> flags) {
    if (all && scenario != null) {
      throw wrong("--scenario and --all-scenarios are both given: leave out one of them.");
    }
    if (config == null && scenario == null && !all) {
      return List.of();
    }
    Map<String, Scenario> found =
        config == null ? ScenarioFile.shipped(flags) : ScenarioFile.read(config, flags);
    if (all || (scenario == null && found.size() == 1)) {
      return List.copyOf(found.values());
    }
    String names = String.join(", ", found.keySet());
    if (scenario == null) {
      throw wrong(
          "--config "
              + config
              + " has several scenarios: give --scenario NAME ("
              + names
              + ") or --all-scenarios.");
    }
    if (!found.containsKey(scenario)) {
      throw wrong("--scenario is '" + scenario + "': choose one that is there (" + names + ").");
    }
    return List.of(found.get(scenario));
  }

  private static CliException wrong(String sentence) {
    return new CliException(ExitCode.WRONG_USE, sentence);
  }
}
