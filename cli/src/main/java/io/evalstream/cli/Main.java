package io.evalstream.cli;

import io.evalstream.loadgenerator.LoadException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
      BenchCommand.class,
      SimulateCommand.class,
      RunsCommand.class,
      ReportCommand.class,
      DoctorCommand.class,
      StackCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 fine, 1 regressed, 2 wrong use, 3 it broke, 4 inconclusive or incomplete."
    })
public final class Main {

  @SuppressWarnings("unused") // found by CommonOptions.of
  @Mixin
  private CommonOptions options;

  private Main() {}

  public static void main(String[] args) {
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
    return commandLine().setOut(out).setErr(err).execute(args);
  }

  /** The whole command line, for running and for checking what others wrote. */
  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::wrongUse)
        .setExecutionExceptionHandler(Main::failed);
  }

  private static int wrongUse(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("evalstream: " + e.getMessage());
    err.println("See " + command.getCommandSpec().qualifiedName(" ") + " --help.");
    return ExitCode.WRONG_USE.number();
  }

  private static int failed(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    err.println("evalstream: " + sentence(e));
    if (CommonOptions.of(command.getCommandSpec()).verbose()) {
      e.printStackTrace(err);
    }
    return exitCode(e).number();
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
    if (e instanceof LoadException load) {
      return load.kind() == LoadException.Kind.USAGE ? ExitCode.WRONG_USE : ExitCode.BROKE;
    }
    return e instanceof IllegalArgumentException ? ExitCode.WRONG_USE : ExitCode.BROKE;
  }
}
