package io.evalstream.cli;

import io.evalstream.cli.load.EnvironmentVariables;
import io.evalstream.cli.load.LoadOptions;
import io.evalstream.cli.load.Scenario;
import io.evalstream.cli.load.ScenarioOptions;
import io.evalstream.loadgenerator.LoadConfig;
import io.evalstream.loadgenerator.publish.KafkaConfig;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The load tests that one command line asks for. A flag on the line beats the scenario, which beats
 * the environment, which beats the flag's own default.
 */
final class LoadRuns {

  /** The mixin of commands that take {@link LoadOptions}. */
  static final String MIXIN = "load";

  private static final Set<String> COMMON_WITH_VALUE = Set.of("--lang", "--directory");
  private static final DateTimeFormatter SUITE =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private LoadRuns() {}

  /** One of them. */
  record Run(LoadOptions options, LoadOptions.Place place, Scenario scenario) {

    /**
     * Its configuration, checked.
     *
     * @throws RuntimeException naming the flag at fault, and the scenario that sets it
     */
    LoadConfig config(KafkaConfig kafka) {
      try {
        return options.config(place, kafka);
      } catch (IllegalArgumentException | CliException e) {
        if (scenario == null) {
          throw e;
        }
        throw new CliException(ExitCode.WRONG_USE, scenario.shown() + ": " + e.getMessage(), e);
      }
    }
  }

  static List<Run> of(CommandSpec command, LoadOptions given, ScenarioOptions scenarios) {
    List<Scenario> chosen = scenarios.chosen(flags());
    if (chosen.isEmpty()) {
      return List.of(new Run(given, LoadOptions.Place.ALONE, null));
    }
    String suite = scenarios.suite() ? suite(given) : null;
    List<Run> runs = new ArrayList<>();
    for (Scenario scenario : chosen) {
      runs.add(
          new Run(
              parsed(command, scenario), new LoadOptions.Place(scenario.name(), suite), scenario));
    }
    return runs;
  }

  /** Flags that a scenario may set. */
  private static Set<String> flags() {
    return CommandSpec.forAnnotatedObject(new LoadOptions()).options().stream()
        .flatMap(option -> Arrays.stream(option.names()))
        .map(name -> name.substring(2))
        .collect(Collectors.toSet());
  }

  /** Reads the line again, as if it began with the scenario's flags that it does not have. */
  private static LoadOptions parsed(CommandSpec command, Scenario scenario) {
    ParseResult line = command.commandLine().getParseResult();
    List<String> arguments =
        new ArrayList<>(command.root().commandLine().getParseResult().originalArgs());
    List<String> further = new ArrayList<>();
    scenario
        .settings()
        .forEach(
            (flag, values) -> {
              OptionSpec option = command.findOption("--" + flag);
              if (!line.hasMatchedOption(option)) {
                values.forEach(value -> further.add(argument(option, flag, value)));
              }
            });
    arguments.addAll(positionAfter(command.name(), arguments), further);
    CommandLine again =
        Main.commandLine((EnvironmentVariables) command.commandLine().getDefaultValueProvider());
    try {
      ParseResult parsed = again.parseArgs(arguments.toArray(new String[0]));
      return (LoadOptions) parsed.subcommand().commandSpec().mixins().get(MIXIN).userObject();
    } catch (ParameterException e) {
      throw new CliException(ExitCode.WRONG_USE, scenario.shown() + ": " + e.getMessage(), e);
    }
  }

  private static String argument(OptionSpec option, String flag, String value) {
    if (option.negatable() && value.equals("false")) {
      return "--no-" + flag;
    }
    boolean takesNoValue = option.arity().max() == 0;
    return takesNoValue && value.equals("true") ? "--" + flag : "--" + flag + "=" + value;
  }

  private static int positionAfter(String name, List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      boolean value = i > 0 && COMMON_WITH_VALUE.contains(arguments.get(i - 1));
      if (arguments.get(i).equals(name) && !value) {
        return i + 1;
      }
    }
    throw new IllegalStateException("no command " + name + " on its own line");
  }

  private static String suite(LoadOptions given) {
    return given.runId() != null
        ? given.runId()
        : "suite-"
            + SUITE.format(Instant.now())
            + "-%04x".formatted(new SecureRandom().nextInt(1 << 16));
  }
}
