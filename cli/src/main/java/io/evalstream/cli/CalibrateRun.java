package io.evalstream.cli;

import io.evalstream.cli.process.ChildProcess;
import io.evalstream.cli.terminal.LiveLine;
import io.evalstream.loadgenerator.Calibration;
import io.evalstream.loadgenerator.Endpoint;
import io.evalstream.loadgenerator.LoadConfig;
import io.evalstream.loadgenerator.LoadGenerator;
import io.evalstream.loadgenerator.ProgressListener;
import io.evalstream.loadgenerator.RunOptions;
import io.evalstream.loadgenerator.Shard;
import io.evalstream.loadgenerator.http.NetworkOptions;
import io.evalstream.loadgenerator.http.Origin;
import io.evalstream.loadgenerator.plan.Arrivals;
import io.evalstream.loadgenerator.plan.RandomWorkload;
import io.evalstream.loadgenerator.plan.Workload;
import io.evalstream.loadgenerator.servermetrics.ServerMetricsOptions;
import io.evalstream.local.LoopbackPorts;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Measures the generator's own error under a load that somebody asks for: it is sent to a simulated
 * server, a process of its own, whose times are constant and known.
 */
final class CalibrateRun {

  private static final Duration TTFT = Duration.ofMillis(50);
  private static final Duration GAP = Duration.ofMillis(10);
  private static final List<String> SERVER_JVM =
      List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:-UsePerfData");

  /** Both programs are compiled while they run; that must not be measured. */
  private static final int WARM_UP_STREAMS = 50;

  private static final int WARM_UP_ROUNDS = 2;
  private static final int WARM_UP_TOKENS = 200;

  private final Messages messages;
  private final PrintWriter out;
  private final Path log;

  /** Prints to {@code out}; {@code log} is the server's. */
  CalibrateRun(Messages messages, PrintWriter out, Path log) {
    this.messages = messages;
    this.out = out;
    this.log = log;
  }

  /** Measures under the load of {@code asked}, whose server and Kafka are left alone. */
  ExitCode of(LoadConfig asked) {
    int port = LoopbackPorts.free(1).get(0);
    String url = "http://" + LoopbackPorts.LOOPBACK + ":" + port;
    try (ChildProcess server =
        ChildProcess.tethered("simulated server", SERVER_JVM, log, simulate(port))) {
      await(server, port);
      out.println(messages.get("calibrate.warm_up"));
      new LoadGenerator().run(warmUp(asked, url), ProgressListener.SILENT);
      forgetLateness(url);
      BenchProgress progress = new BenchProgress(messages, out, new LiveLine(out));
      Calibration calibration =
          Calibration.run(
              new LoadGenerator(),
              config(asked, asked.workload(), asked.maxConcurrency(), url),
              new Calibration.Truth(TTFT, GAP),
              progress);
      progress.end();
      CalibrationReport report = new CalibrationReport(calibration, TTFT, GAP);
      report.lines(messages).forEach(out::println);
      return report.trusted() ? ExitCode.FINE : ExitCode.INCOMPLETE;
    }
  }

  private static List<String> simulate(int port) {
    return List.of(
        "simulate",
        "--port",
        Integer.toString(port),
        "--time-to-first-token",
        "constant:" + TTFT.toMillis() + "ms",
        "--inter-token-latency",
        "constant:" + GAP.toMillis() + "ms",
        "--max-num-seqs",
        "1000000",
        "--max-model-len",
        "10000000");
  }

  private static LoadConfig warmUp(LoadConfig asked, String url) {
    int streams =
        Math.max(WARM_UP_STREAMS, asked.maxConcurrency() == null ? 0 : asked.maxConcurrency());
    Workload workload =
        new RandomWorkload(WARM_UP_ROUNDS * streams, 16, WARM_UP_TOKENS, 0, Arrivals.UNLIMITED);
    return config(asked, workload, streams, url);
  }

  private static LoadConfig config(
      LoadConfig asked, Workload workload, Integer concurrency, String url) {
    return new LoadConfig(
        new Endpoint(Origin.parse(url), asked.endpoint().backend(), null, null),
        workload,
        concurrency,
        asked.request(),
        asked.timeouts(),
        RunOptions.DEFAULT,
        asked.run(),
        null,
        new Shard(asked.shard().index(), asked.shard().count(), null),
        NetworkOptions.DEFAULT,
        ServerMetricsOptions.NONE,
        asked.trust());
  }

  private static void await(ChildProcess server, int port) {
    try {
      ServerProbe.await(server, port);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException(ExitCode.INCOMPLETE, "The calibration was interrupted.", e);
    }
  }

  /** The server counts its lateness from now on. */
  private static void forgetLateness(String url) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(url + "/schedule_error").toURL().openConnection();
      connection.setRequestMethod("DELETE");
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new IOException("it answers " + connection.getResponseCode());
      }
    } catch (IOException e) {
      throw new CliException(
          ExitCode.BROKE,
          "The simulated server does not begin anew (" + e.getMessage() + "): try again.",
          e);
    }
  }
}
