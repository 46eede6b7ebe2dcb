package io.evalstream.cli;

import io.evalstream.cli.process.ChildProcess;
import io.evalstream.cli.process.StackProcess;
import io.evalstream.cli.results.Results;
import io.evalstream.cli.terminal.LiveLine;
import io.evalstream.cli.terminal.Numbers;
import io.evalstream.cli.terminal.TextTable;
import io.evalstream.events.Metric;
import io.evalstream.jobs.clickhouse.ClickHouseConnection;
import io.evalstream.local.FileTrees;
import io.evalstream.local.LoopbackPorts;
import io.evalstream.local.stack.StackAddresses;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The whole story on this machine. */
@Command(
    name = "demo",
    description =
        "Measures a good and a slower release of a simulated server, and shows both side by side.")
final class DemoCommand implements Callable<Integer> {

  private static final Path OWN_DIRECTORY = Path.of(".evalstream", "demo");
  private static final Duration SETTLE_DEADLINE = Duration.ofSeconds(60);
  private static final String MODEL = "demo-model";
  private static final List<String> CLIENT_JVM =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:-UsePerfData");

  /** A release: what it is called, and how the server that stands for it behaves. */
  private record Release(String tag, List<String> server) {}

  private static final List<Release> RELEASES =
      List.of(
          new Release(
              "release-1.0.0",
              List.of(
                  "--time-to-first-token",
                  "lognormal:60ms,0.25",
                  "--inter-token-latency",
                  "lognormal:12ms,0.2")),
          new Release(
              "release-1.1.0",
              List.of(
                  "--time-to-first-token",
                  "lognormal:75ms,0.25",
                  "--inter-token-latency",
                  "lognormal:14ms,0.2",
                  "--stall-rate",
                  "0.01",
                  "--stall-duration",
                  "300ms")));

  @Spec private CommandSpec spec;

  @Option(
      names = "--requests",
      defaultValue = "300",
      description = "Requests sent to each release (${DEFAULT-VALUE}).")
  private int requests;

  @Option(
      names = "--request-rate",
      defaultValue = "10",
      description = "Requests per second (${DEFAULT-VALUE}).")
  private double rate;

  private final Deque<ChildProcess> children = new ArrayDeque<>();
  private Messages messages;
  private PrintWriter out;
  private Path directory;

  @Override
  public Integer call() throws IOException, InterruptedException {
    CommonOptions options = CommonOptions.of(spec);
    messages = options.messages();
    out = spec.commandLine().getOut();
    directory = freshDirectory(options);
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopChildren, "end-demo"));
    try {
      return tell();
    } finally {
      out.println(messages.get("demo.stopping"));
      stopChildren();
    }
  }

  /** The demo's own directory is emptied; one that somebody names has to be new. */
  private static Path freshDirectory(CommonOptions options) throws IOException {
    Path directory = options.givenDirectory().orElse(OWN_DIRECTORY);
    if (StackAddresses.find(directory).isPresent()) {
      throw new CliException(
          ExitCode.WRONG_USE,
          "A stack runs in "
              + directory
              + ": wait for its end, or stop it with ./evalstream down.");
    }
    if (options.givenDirectory().isPresent() && Files.exists(directory)) {
      throw new CliException(
          ExitCode.WRONG_USE, "Directory " + directory + " exists: name a new one for the demo.");
    }
    FileTrees.delete(directory);
    return directory;
  }

  private int tell() throws InterruptedException {
    out.println(messages.get("demo.starting", directory.resolve("stack.log")));
    ChildProcess process = started(StackProcess.tethered(directory, List.of()));
    StackAddresses stack = StackProcess.await(process, directory);
    Addresses.print(stack, messages, out);
    try (Results results =
        Results.open(new ClickHouseConnection(stack.clickhouse(), "default", ""))) {
      String first = measure(RELEASES.get(0), stack, results);
      String second = measure(RELEASES.get(1), stack, results);
      List<RunReport> reports = List.of(report(results, first), report(results, second));
      compare(reports.get(0), reports.get(1));
      Addresses.print(stack, messages, out);
      out.println(messages.get("demo.next", directory));
      waitForTheReader();
      return (reports.stream().allMatch(RunReport::complete) ? ExitCode.FINE : ExitCode.INCOMPLETE)
          .number();
    }
  }

  private String measure(Release release, StackAddresses stack, Results results)
      throws InterruptedException {
    int port = LoopbackPorts.free(1).get(0);
    String baseUrl = "http://" + LoopbackPorts.LOOPBACK + ":" + port;
    String runId = runId(release);
    out.println();
    out.println(messages.get("demo.release", release.tag(), requests, Numbers.decimal(rate)));
    try (ChildProcess server = started(serve(release, port))) {
      ServerProbe.await(server, port);
      ChildProcess generator = started(load(release, runId, baseUrl, stack));
      watch(generator, runId, results);
      if (generator.exitStatus() != ExitCode.FINE.number()) {
        throw generator.failure();
      }
    }
    return runId;
  }

  private ChildProcess serve(Release release, int port) {
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of("simulate", "--port", Integer.toString(port), "--model", MODEL));
    arguments.addAll(release.server());
    return ChildProcess.tethered(
        "simulated server",
        CLIENT_JVM,
        directory.resolve(release.tag() + "-server.log"),
        arguments);
  }

  private ChildProcess load(Release release, String runId, String baseUrl, StackAddresses stack) {
    return ChildProcess.tethered(
        "load generator",
        CLIENT_JVM,
        directory.resolve(release.tag() + "-bench.log"),
        List.of(
            "bench",
            "--base-url",
            baseUrl,
            "--run-id",
            runId,
            "--release",
            release.tag(),
            "--num-prompts",
            Integer.toString(requests),
            "--request-rate",
            Double.toString(rate),
            "--random-input-len",
            "256",
            "--random-output-len",
            "96",
            "--random-range-ratio",
            "0.5",
            "--seed",
            "1",
            "--kafka",
            stack.kafka()));
  }

  /** Shows what ClickHouse holds of the run, until all that was sent is there. */
  private void watch(ChildProcess generator, String runId, Results results)
      throws InterruptedException {
    LiveLine line = new LiveLine(out);
    while (generator.isAlive()) {
      line.show(progress(runId, results));
      pause();
    }
    if (generator.exitStatus() != ExitCode.FINE.number()) {
      line.end();
      return;
    }
    boolean settled =
        await(
            SETTLE_DEADLINE,
            () -> {
              line.show(progress(runId, results));
              return results.run(runId).isPresent() && report(results, runId).complete();
            });
    line.end(progress(runId, results));
    if (!settled) {
      report(results, runId).lines(messages).forEach(out::println);
    }
  }

  private String progress(String runId, Results results) {
    Results.Requests so = results.requests(runId);
    List<Results.Metric> metrics = results.metrics(runId);
    return messages.get(
        "demo.progress",
        Numbers.count(so.total()),
        Numbers.count(requests),
        Numbers.count(sum(metrics, Metric.CHUNK_TOKENS)),
        quantiles(metrics, Metric.TTFT),
        quantiles(metrics, Metric.ITL),
        quantiles(metrics, Metric.E2EL));
  }

  private static long sum(List<Results.Metric> metrics, Metric metric) {
    return find(metrics, metric).map(Results.Metric::sum).orElse(0L);
  }

  private static String quantiles(List<Results.Metric> metrics, Metric metric) {
    return find(metrics, metric)
        .map(m -> Numbers.ms(m.p50()) + " / " + Numbers.ms(m.p95()) + " / " + Numbers.ms(m.p99()))
        .orElse("–");
  }

  private static Optional<Results.Metric> find(List<Results.Metric> metrics, Metric metric) {
    return metrics.stream().filter(m -> m.metric().equals(metric.text())).findFirst();
  }

  private static RunReport report(Results results, String runId) {
    Results.Run run =
        results
            .run(runId)
            .orElseThrow(
                () ->
                    new CliException(
                        ExitCode.INCOMPLETE, "Run " + runId + " did not reach ClickHouse."));
    return RunReport.of(results, run);
  }

  private void compare(RunReport before, RunReport after) {
    out.println();
    out.println(messages.get("demo.side_by_side"));
    TextTable table =
        new TextTable(
            messages.get("table.metric"),
            before.run().release(),
            after.run().release(),
            messages.get("table.change"));
    for (Metric metric : List.of(Metric.TTFT, Metric.TPOT, Metric.ITL, Metric.E2EL)) {
      Results.Metric a = before.metric(metric);
      Results.Metric b = after.metric(metric);
      String name = messages.get("metric." + metric.text());
      quantile(table, name + " p50", a.p50(), b.p50());
      quantile(table, name + " p95", a.p95(), b.p95());
      quantile(table, name + " p99", a.p99(), b.p99());
    }
    table.row(
        messages.get("demo.throughput"),
        Numbers.decimal(before.outputThroughput()),
        Numbers.decimal(after.outputThroughput()),
        Numbers.change(before.outputThroughput(), after.outputThroughput()));
    table.row(
        messages.get("demo.requests"),
        Numbers.count(before.requests().ok()),
        Numbers.count(after.requests().ok()),
        "");
    table.row(messages.get("demo.accounting"), accounted(before), accounted(after), "");
    table.row(
        messages.get("runs.trust"),
        messages.get("trust." + before.run().trust()),
        messages.get("trust." + after.run().trust()),
        "");
    table.lines().forEach(line -> out.println("  " + line));
  }

  private String accounted(RunReport report) {
    return messages.get(report.accounted() ? "demo.complete" : "demo.incomplete");
  }

  private static void quantile(TextTable table, String name, double before, double after) {
    table.row(name, Numbers.ms(before), Numbers.ms(after), Numbers.change(before, after));
  }

  /** On a terminal, the addresses stay alive until Enter is pressed. */
  private void waitForTheReader() {
    if (!Boolean.getBoolean("evalstream.terminal")) {
      return;
    }
    out.println(messages.get("demo.enter"));
    try {
      int ignored = System.in.read();
    } catch (IOException e) {
      throw new CliException(ExitCode.BROKE, "The terminal cannot be read: " + e.getMessage(), e);
    }
  }

  private ChildProcess started(ChildProcess child) {
    synchronized (children) {
      children.push(child);
    }
    return child;
  }

  private void stopChildren() {
    synchronized (children) {
      while (!children.isEmpty()) {
        children.pop().close();
      }
    }
  }

  private static boolean await(Duration limit, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      pause();
    }
    return true;
  }

  private static void pause() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(500);
  }

  private static String runId(Release release) {
    String now =
        LocalDateTime.now(Clock.system(ZoneOffset.UTC))
            .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
    return now + "-" + release.tag();
  }
}
