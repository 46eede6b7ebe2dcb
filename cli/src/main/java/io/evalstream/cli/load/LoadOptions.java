package io.evalstream.cli.load;

import io.evalstream.cli.CliException;
import io.evalstream.cli.ExitCode;
import io.evalstream.loadgenerator.LoadConfig;
import io.evalstream.loadgenerator.LoadResult;
import io.evalstream.loadgenerator.RunDescription;
import io.evalstream.loadgenerator.RunOptions;
import io.evalstream.loadgenerator.plan.Arrivals;
import io.evalstream.loadgenerator.plan.BlockWorkload;
import io.evalstream.loadgenerator.plan.PlanException;
import io.evalstream.loadgenerator.plan.Workload;
import io.evalstream.loadgenerator.publish.KafkaConfig;
import io.evalstream.loadgenerator.result.Goodput;
import io.evalstream.loadgenerator.result.ResultFile;
import io.evalstream.loadgenerator.result.ResultOptions;
import io.evalstream.loadgenerator.result.VllmResult;
import io.evalstream.loadgenerator.search.RateSearch;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** Everything that decides a load test. */
public final class LoadOptions {

  private static final int TRIAL_REQUESTS = 300;

  @Mixin private ServerOptions server;
  @Mixin private DatasetOptions dataset;
  @Mixin private TrafficOptions traffic;
  @Mixin private SamplingOptions sampling;
  @Mixin private TimeoutOptions timeouts;
  @Mixin private NameOptions name;
  @Mixin private ShardOptions shard;
  @Mixin private ServerMetricsFlags serverMetrics;
  @Mixin private TrustOptions trust;
  @Mixin private ResultFileOptions resultFile;
  @Mixin private RawLogFlags rawLog;
  @Mixin private BlockOptions blocks;
  @Mixin private SearchOptions search;

  /** Where a run stands among those of one command. */
  public record Place(String scenario, String suite) {

    /** A run by itself. */
    public static final Place ALONE = new Place(null, null);
  }

  /**
   * The run, checked.
   *
   * @param kafka where to publish; null to only measure
   * @throws IllegalArgumentException naming the flag at fault
   */
  public LoadConfig config(Place place, KafkaConfig kafka) {
    resultOptions(place);
    name.label();
    if (search.wanted()) {
      return trial(place, kafka, search().firstRate(), 0);
    }
    if (blocks.other() != null && resultFile.saves()) {
      throw wrong(
          "--save-result beside --ab: leave it out, a result file is of one server; both are in the"
              + " report, and block by block in ClickHouse.");
    }
    LoadConfig config = config(kafka, workload(), run(place));
    return blocks.other() == null ? config : config.with(server.against(blocks.other()));
  }

  /** Whether the highest rate is looked for. */
  public boolean searches() {
    return search.wanted();
  }

  /**
   * The search, checked.
   *
   * @throws IllegalArgumentException naming the flag at fault
   */
  public RateSearch search() {
    if (goodput() == null) {
      throw wrong("--find-max-rate needs limits: give --goodput, such as ttft:200 tpot:50.");
    }
    if (dataset.replays()) {
      throw wrong(
          "--find-max-rate beside a trace: give another data set, a trace has its own rate.");
    }
    if (traffic.maxConcurrency() != null) {
      throw wrong(
          "--max-concurrency beside --find-max-rate: leave it out, it would keep the queue from the"
              + " server.");
    }
    if (blocks.cut()) {
      throw wrong("--blocks or --ab beside --find-max-rate: leave out one of them.");
    }
    RateSearch wanted = search.search(traffic.arrivals());
    int requests = requests(trial(1).requests());
    int measured = requests - BlockWorkload.warmUp(requests);
    if (measured < wanted.fewestRequests()) {
      throw wrong(
          "--num-prompts is too small to show the wanted share: of each rate %d requests are"
                  .formatted(measured)
              + " measured, and %d are needed.".formatted(wanted.fewestRequests()));
    }
    return wanted;
  }

  /**
   * The run that tries a rate, by itself: its first sixth is warm-up, and its prompts are its own.
   *
   * @param number of the trial, from 0
   */
  public LoadConfig trial(Place place, KafkaConfig kafka, double rate, int number) {
    RunDescription whole = run(place);
    RunDescription own =
        new RunDescription(
            whole.runId() == null ? null : whole.runId() + "-rate" + number,
            whole.release(),
            whole.imageDigest(),
            whole.scenario(),
            whole.labels(),
            whole.environment(),
            whole.baselineId(),
            whole.seed() + number);
    return config(kafka, trial(rate), own);
  }

  private int requests(Workload workload) {
    try {
      return workload.plan(dataset.seed()).size();
    } catch (PlanException e) {
      throw new CliException(ExitCode.WRONG_USE, e.getMessage(), e);
    }
  }

  private BlockWorkload trial(double rate) {
    return new BlockWorkload(
        sampling.spread(dataset.workload(traffic.arrivals(rate), TRIAL_REQUESTS)), 1);
  }

  private LoadConfig config(KafkaConfig kafka, Workload workload, RunDescription run) {
    return new LoadConfig(
        server.endpoint(),
        workload,
        traffic.maxConcurrency(),
        sampling.request(dataset.lengthsMatter()),
        timeouts.timeouts(),
        new RunOptions(traffic.numWarmups(), resultFile.needsDetails(), rawLog.options()),
        run,
        kafka,
        shard.shard(),
        server.network(),
        serverMetrics.options(),
        trust.thresholds());
  }

  /** What is sent. */
  public Workload workload() {
    Arrivals arrivals = traffic.arrivals();
    Integer ofBlock = blocks.requests(arrivals);
    if (ofBlock != null && dataset.counted() && blocks.sized()) {
      throw wrong(
          "--num-prompts beside --block-seconds or --block-requests: leave out one of them, both say"
              + " how many requests a block has.");
    }
    return blocks.cut(sampling.spread(dataset.workload(arrivals, ofBlock)));
  }

  /** What the run is called. */
  public RunDescription run(Place place) {
    return name.run(place.scenario(), place.suite(), dataset.seed());
  }

  /** The run's id; null when one is made up. */
  public String runId() {
    return name.runId();
  }

  /** What is shown and kept. */
  public ResultOptions resultOptions(Place place) {
    return resultFile.options(name.metadata(), place.scenario());
  }

  /** What makes a request a good one; null when nobody says. */
  public Goodput goodput() {
    return resultFile.goodput();
  }

  /** Whether the line that shows progress is not wanted. */
  public boolean quiet() {
    return resultFile.quiet();
  }

  /** Makes sure that the result can be kept, before there is one. */
  public void prepare() {
    resultFile.prepare();
  }

  /** Writes the result file, if there is to be one. */
  public Optional<Path> save(Place place, LoadResult result, ZonedDateTime at) {
    if (!resultFile.saves()) {
      return Optional.empty();
    }
    String label = name.label();
    VllmResult written =
        new VllmResult(
            at,
            server.backend(),
            label == null ? place.scenario() : label,
            server.model() == null ? result.model() : server.model(),
            server.tokenizer(),
            traffic.traffic(),
            resultOptions(place));
    Path file =
        resultFile.file(written.fileName(), place.suite() == null ? "" : "-" + place.scenario());
    ResultFile.write(file, written.json(result), resultFile.appends());
    return Optional.of(file);
  }

  /** Most requests in flight; null for no limit. */
  public Integer maxConcurrency() {
    return traffic.maxConcurrency();
  }

  private static CliException wrong(String sentence) {
    return new CliException(ExitCode.WRONG_USE, sentence);
  }
}
