package io.evalstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What a user reads when something is not in order: one sentence, the right exit status. */
class CommandLineTest {

  @TempDir private Path directory;

  private record Outcome(int exit, String out, String err) {
    /** The one sentence. */
    String sentence() {
      return err.lines().findFirst().orElse("");
    }
  }

  static Stream<String> commands() {
    return Main.commandLine().getSubcommands().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandExplainsItself(String command) {
    Outcome help = run(command, "--help");

    assertThat(help.exit()).isZero();
    assertThat(help.out()).startsWith("Usage: evalstream " + command).contains("--verbose");
  }

  @Test
  void everyOptionIsDescribed() {
    Main.commandLine().getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .flatMap(command -> command.options().stream())
        .filter(option -> !option.hidden())
        .forEach(option -> assertThat(option.description()).as(option.longestName()).isNotEmpty());
  }

  @Test
  void anUnknownOptionIsNamed() {
    Outcome outcome = run("bench", "--num-promts", "3");

    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.sentence())
        .startsWith("evalstream: Unknown option")
        .contains("--num-promts");
  }

  @Test
  void aCommandWithoutCommandShowsItsUse() {
    Outcome outcome = run();

    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.sentence()).contains("Missing required subcommand");
  }

  @Test
  void valuesThatMakeNoSenseAreNamed() {
    assertWrongUse("request-rate", "bench", "--request-rate", "-3");
    assertWrongUse("request-rate", "bench", "--request-rate", "many");
    assertWrongUse("num-prompts", "bench", "--num-prompts", "0");
    assertWrongUse("max-concurrency", "bench", "--max-concurrency", "0");
    assertWrongUse("base URL", "bench", "--base-url", "localhost:8000");
    assertWrongUse("backend", "bench", "--backend", "tgi");
    assertWrongUse("run-id", "bench", "--run-id", "mine");
    String tooLong = "x".repeat(301);
    assertWrongUse("release is empty or longer than 300", "bench", "--release", tooLong);
    assertWrongUse("scenario is empty or longer", "bench", "--scenario-name", tooLong);
    assertWrongUse("model is empty or longer", "bench", "--model", tooLong);
    assertWrongUse("a name of environment", "bench", "--environment", tooLong + "=1");
    assertWrongUse("a name of labels", "bench", "--label", tooLong + "=1");
    assertWrongUse("release is empty or longer than 300", "plan", "--release", tooLong);
    assertWrongUse("shard is one of 1001", "bench", "--shard", "0/1001", "--run-id", "20260131-x");
    assertWrongUse("speedup", "bench", "--trace", "x.csv", "--speedup", "0");
    assertWrongUse("time-to-first-token", "simulate", "--time-to-first-token", "soon");
    assertWrongUse("max-num-seqs", "simulate", "--max-num-seqs", "0");
    assertWrongUse("nowhere.spill", "resend", "nowhere.spill");
    assertWrongUse("--kafka", "bench", "--calibrate", "--kafka", "127.0.0.1:1");
    assertWrongUse("--clickhouse", "report");
    assertWrongUse("clickhouse.url", "report", "--clickhouse", "http://127.0.0.1:1");
  }

  @Test
  void anEndpointThatIsNotThereIsNamed() throws IOException {
    Outcome outcome =
        run("bench", "--base-url", "http://127.0.0.1:" + closedPort(), "--no-publish");

    assertThat(outcome.exit()).isEqualTo(3);
    assertThat(outcome.sentence()).contains("http://127.0.0.1:");
    assertOneSentence(outcome);
  }

  @Test
  void aClickHouseThatIsNotThereIsNamed() throws IOException {
    int port = closedPort();

    Outcome outcome =
        run("runs", "list", "--clickhouse", "jdbc:clickhouse://127.0.0.1:" + port + "/default");

    assertThat(outcome.exit()).isEqualTo(3);
    assertThat(outcome.sentence()).contains("ClickHouse at 127.0.0.1:" + port);
    assertOneSentence(outcome);
  }

  @Test
  void aFileOfAnotherKindIsNotResentAndStays() throws IOException {
    Path file = Files.writeString(directory.resolve("a.spill"), "notes");

    assertThat(run("resend", file.toString()).sentence()).contains("No stack runs here");
    assertThat(file).hasContent("notes");
  }

  @Test
  void aTraceWithABrokenLineIsNamedWithTheLine() throws IOException {
    Path trace = directory.resolve("trace.csv");
    Files.writeString(
        trace,
        """
        TIMESTAMP,ContextTokens,GeneratedTokens
        2023-11-16 18:15:46.6805900,374,44
        2023-11-16 18:15:50.9951690,many,109
        """);

    Outcome outcome = run("bench", "--trace", trace.toString(), "--no-publish");

    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.sentence()).contains("trace.csv").contains("3");
    assertOneSentence(outcome);
  }

  @Test
  void aPortInUseIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Outcome outcome = run("simulate", "--port", Integer.toString(taken.getLocalPort()));

      assertThat(outcome.exit()).isEqualTo(3);
      assertThat(outcome.sentence()).contains("port " + taken.getLocalPort());
      assertOneSentence(outcome);
    }
  }

  @Test
  void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");

    Outcome outcome = run("stack", "--directory", file.resolve("below").toString());

    assertThat(outcome.exit()).isEqualTo(3);
    assertThat(outcome.sentence()).contains(file.toString()).contains("--directory");
    assertOneSentence(outcome);
  }

  @Test
  void withoutAStackStatusSaysSo() {
    Outcome outcome = run("status");

    assertThat(outcome.exit()).isEqualTo(4);
    assertThat(outcome.out()).contains("No stack runs in");
  }

  @Test
  void verboseShowsWhereItBroke() throws IOException {
    Outcome outcome =
        run("--verbose", "bench", "--base-url", "http://127.0.0.1:" + closedPort(), "--no-publish");

    assertThat(outcome.err()).contains("LoadException").contains("\tat ");
  }

  private void assertWrongUse(String named, String... arguments) {
    Outcome outcome = run(arguments);

    assertThat(outcome.exit()).as(String.join(" ", arguments)).isEqualTo(2);
    assertThat(outcome.err()).contains(named);
    assertThat(outcome.err()).doesNotContain("\tat ");
  }

  private static void assertOneSentence(Outcome outcome) {
    assertThat(outcome.err().lines()).hasSize(1);
    assertThat(outcome.sentence()).startsWith("evalstream: ");
  }

  private Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] withDirectory = new String[arguments.length + 2];
    withDirectory[0] = "--directory";
    withDirectory[1] = directory.resolve("stack").toString();
    System.arraycopy(arguments, 0, withDirectory, 2, arguments.length);
    int exit = Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), withDirectory);
    return new Outcome(exit, out.toString(), err.toString());
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
