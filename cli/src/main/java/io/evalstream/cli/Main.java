package io.evalstream.cli;

import io.evalstream.cli.load.EnvironmentVariables;
import io.evalstream.datasets.DatasetException;
import io.evalstream.loadgenerator.LoadException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The command line. */
@Command(
    name = "evalstream",
    description = "Watches a vLLM release while it is being tested.",
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = true,
    mixinStandardHelpOptions = true,
    versionProvider = CommonOptions.Version.class,
    scope = ScopeType.INHERIT,
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      PlanCommand.class,
      BenchCommand.class,
      ResendCommand.class,
      ImportCommand.class,
      SimulateCommand.class,
      RunsCommand.class,
      DatasetsCommand.class,
      ReportCommand.class,
      DoctorCommand.class,
      StackCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 fine, 1 regressed, 2 wrong use, 3 it broke, 4 inconclusive or incomplete."
    })
public final class Main {

  private static final Set<String> LOAD_COMMANDS = Set.of("bench", "plan");
  private static final Pattern UNDERSCORED =
      Pattern.compile("(--[a-z][a-z_-]*_[a-z_-]*)(=.*)?", Pattern.DOTALL);

  @SuppressWarnings("unused") // found by CommonOptions.of
  @Mixin
  private CommonOptions options;

  private Main() {}

  public static void main(String[] args) {
    EnvironmentVariables environment = new EnvironmentVariables(System.getenv());
    if (environment.logLevel() != null) {
      System.setProperty("evalstream.log", environment.logLevel());
    }
    if (Arrays.asList(args).contains("--verbose")) {
      System.setProperty("evalstream.log", "info");
      System.setProperty("evalstream.log.others", "warn");
    }
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(execute(out, err, args));
  }

  /** Runs a command and gives the process's exit status. */
  static int execute(PrintWriter out, PrintWriter err, String... args) {
    return execute(System.getenv(), out, err, args);
  }

  /** The same in another environment. */
  static int execute(
      Map<String, String> environment, PrintWriter out, PrintWriter err, String... args) {
    return commandLine(new EnvironmentVariables(environment))
        .setOut(out)
        .setErr(err)
        .execute(Arrays.stream(args).map(Main::dashed).toArray(String[]::new));
  }

  /** The whole command line, for running and for checking what others wrote. */
  static CommandLine commandLine() {
    return commandLine(new EnvironmentVariables(Map.of()));
  }

  /** The whole command line, with defaults of load tests from the environment. */
  static CommandLine commandLine(EnvironmentVariables environment) {
    CommandLine line = new CommandLine(new Main());
    for (String load : LOAD_COMMANDS) {
      line.getSubcommands().get(load).setDefaultValueProvider(environment);
    }
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, args) -> wrongUse(e, List.of(args), environment))
        .setExecutionExceptionHandler(
            (e, command, parsed) -> failed(e, command, parsed, environment));
  }

  /** vLLM takes flags with underscores as well as with dashes. */
  private static String dashed(String argument) {
    Matcher flag = UNDERSCORED.matcher(argument);
    return flag.matches()
        ? flag.group(1).replace('_', '-') + Objects.requireNonNullElse(flag.group(2), "")
        : argument;
  }

  private static int wrongUse(
      ParameterException e, List<String> args, EnvironmentVariables environment) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("evalstream: " + blamed(e.getMessage(), command, args, environment));
    err.println("See " + command.getCommandSpec().qualifiedName(" ") + " --help.");
    return ExitCode.WRONG_USE.number();
  }

  private static int failed(
      Exception e, CommandLine command, ParseResult parsed, EnvironmentVariables environment) {
    PrintWriter err = command.getErr();
    err.println("evalstream: " + blamed(sentence(e), command, parsed.originalArgs(), environment));
    if (CommonOptions.of(command.getCommandSpec()).verbose()) {
      e.printStackTrace(err);
    }
    return exitCode(e).number();
  }

  private static String blamed(
      String sentence, CommandLine command, List<String> args, EnvironmentVariables environment) {
    return LOAD_COMMANDS.contains(command.getCommandName())
        ? environment.blame(
            sentence,
            flag -> args.stream().anyMatch(a -> a.equals(flag) || a.startsWith(flag + "=")))
        : sentence;
  }

  private static String sentence(Exception e) {
    String message = e.getMessage();
    if (message == null) {
      return "it broke (" + e.getClass().getSimpleName() + "): repeat it with --verbose.";
    }
    return message;
  }

  private static ExitCode exitCode(Exception e) {
    if (e instanceof CliException cli) {
      return cli.exitCode();
    }
    if (e instanceof DatasetException dataset) {
      return switch (dataset.kind()) {
        case USAGE -> ExitCode.WRONG_USE;
        case BROKEN -> ExitCode.BROKE;
        case INCOMPLETE -> ExitCode.INCOMPLETE;
      };
    }
    if (e instanceof LoadException load) {
      return load.kind() == LoadException.Kind.USAGE ? ExitCode.WRONG_USE : ExitCode.BROKE;
    }
    return e instanceof IllegalArgumentException ? ExitCode.WRONG_USE : ExitCode.BROKE;
  }
}
