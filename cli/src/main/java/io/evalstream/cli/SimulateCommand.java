package io.evalstream.cli;

import io.evalstream.cli.process.ChildProcess;
import io.evalstream.cli.process.Tether;
import io.evalstream.cli.terminal.Numbers;
import io.evalstream.simulator.ScheduleError;
import io.evalstream.simulator.Simulator;
import io.evalstream.simulator.SimulatorConfig;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A simulated vLLM server. */
@Command(
    name = "simulate",
    description = "Runs a simulated vLLM server with known latencies until it is interrupted.")
final class SimulateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address (${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--port",
      defaultValue = "8000",
      description = "Port; 0 takes a free one (${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = {"--served-model-name", "--model"},
      paramLabel = "NAME",
      defaultValue = "simulated-model",
      description = "Names it answers to (${DEFAULT-VALUE}).")
  private List<String> models;

  @Option(
      names = "--time-to-first-token",
      paramLabel = "DIST",
      defaultValue = "constant:50ms",
      description =
          "Time to the first chunk: constant:50ms, normal:mean,sd, lognormal:median,sigma or"
              + " pareto:minimum,shape (${DEFAULT-VALUE}).")
  private String timeToFirstToken;

  @Option(
      names = "--inter-token-latency",
      paramLabel = "DIST",
      defaultValue = "constant:10ms",
      description = "Time between chunks, written as the time to the first (${DEFAULT-VALUE}).")
  private String interTokenLatency;

  @Option(
      names = "--prefill-time-per-token",
      paramLabel = "TIME",
      defaultValue = "0",
      description = "Added to the first token for each token of the prompt (${DEFAULT-VALUE}).")
  private String prefillTimePerToken;

  @Option(
      names = "--tokens-per-chunk",
      paramLabel = "DIST",
      defaultValue = "constant:1",
      description = "Tokens in a chunk, such as constant:1 or uniform:1,4 (${DEFAULT-VALUE}).")
  private String tokensPerChunk;

  @Option(
      names = "--max-num-seqs",
      defaultValue = "256",
      description = "Requests running at once; others wait (${DEFAULT-VALUE}).")
  private int maxNumSeqs;

  @Option(
      names = "--max-model-len",
      defaultValue = "32768",
      description = "Prompt and answer together, in tokens (${DEFAULT-VALUE}).")
  private int maxModelLen;

  @Option(
      names = "--reasoning-tokens",
      defaultValue = "0",
      description = "Tokens of reasoning before a chat's answer (${DEFAULT-VALUE}).")
  private int reasoningTokens;

  @Option(names = "--seed", defaultValue = "0", description = "Of all draws (${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--api-key", description = "The key that clients must present.")
  private String apiKey;

  @Option(
      names = "--failure-injection-rate",
      paramLabel = "FRACTION",
      defaultValue = "0",
      description = "Requests refused (${DEFAULT-VALUE}).")
  private double failureRate;

  @Option(
      names = "--failure-status",
      defaultValue = "500",
      description = "The status of refusals (${DEFAULT-VALUE}).")
  private int failureStatus;

  @Option(
      names = "--cut-rate",
      paramLabel = "FRACTION",
      defaultValue = "0",
      description = "Streams cut in the middle (${DEFAULT-VALUE}).")
  private double cutRate;

  @Option(
      names = "--garbage-rate",
      paramLabel = "FRACTION",
      defaultValue = "0",
      description = "Streams with malformed data (${DEFAULT-VALUE}).")
  private double garbageRate;

  @Option(
      names = "--stall-rate",
      paramLabel = "FRACTION",
      defaultValue = "0",
      description = "Gaps that are stalls (${DEFAULT-VALUE}).")
  private double stallRate;

  @Option(
      names = "--stall-duration",
      paramLabel = "TIME",
      defaultValue = "200ms",
      description = "Length of a stall (${DEFAULT-VALUE}).")
  private String stallDuration;

  @Option(
      names = "--event-loop-threads",
      defaultValue = "1",
      description = "Threads that write (${DEFAULT-VALUE}).")
  private int eventLoopThreads;

  @Option(names = ChildProcess.TETHERED, hidden = true)
  private boolean tethered;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Messages messages = CommonOptions.of(spec).messages();
    Simulator simulator = new Simulator(config());
    simulator.start();
    out.println(simulator.baseUrl() + "  " + String.join(", ", models));
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> end(simulator, messages, out), "end-simulator"));
    if (tethered) {
      Tether.hold();
    }
    new CountDownLatch(1).await();
    return ExitCode.FINE.number();
  }

  private static void end(Simulator simulator, Messages messages, PrintWriter out) {
    ScheduleError error = simulator.stats().scheduleError();
    simulator.close();
    out.println(
        messages.get(
            "simulate.end",
            Numbers.count(simulator.stats().answered()),
            Numbers.count(error.count()),
            Numbers.ms(error.p50Micros()),
            Numbers.ms(error.p99Micros()),
            Numbers.ms(error.maxMicros())));
  }

  private SimulatorConfig config() {
    SimulatorConfig.Builder config =
        SimulatorConfig.builder()
            .host(host)
            .port(port)
            .servedModelNames(models)
            .timeToFirstToken(timeToFirstToken)
            .interTokenLatency(interTokenLatency)
            .prefillTimePerToken(prefillTimePerToken)
            .tokensPerChunk(tokensPerChunk)
            .maxNumSeqs(maxNumSeqs)
            .maxModelLen(maxModelLen)
            .reasoningTokens(reasoningTokens)
            .seed(seed)
            .failureInjectionRate(failureRate)
            .failureStatus(failureStatus)
            .cutRate(cutRate)
            .garbageRate(garbageRate)
            .stallRate(stallRate)
            .stallDuration(stallDuration)
            .eventLoopThreads(eventLoopThreads);
    if (apiKey != null) {
      config.apiKey(apiKey);
    }
    return config.build();
  }
}
