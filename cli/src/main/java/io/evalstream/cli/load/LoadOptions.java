package io.evalstream.cli.load;

import io.evalstream.loadgenerator.LoadConfig;
import io.evalstream.loadgenerator.LoadResult;
import io.evalstream.loadgenerator.RunDescription;
import io.evalstream.loadgenerator.RunOptions;
import io.evalstream.loadgenerator.plan.Workload;
import io.evalstream.loadgenerator.publish.KafkaConfig;
import io.evalstream.loadgenerator.result.ResultFile;
import io.evalstream.loadgenerator.result.ResultOptions;
import io.evalstream.loadgenerator.result.VllmResult;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** Everything that decides a load test. */
public final class LoadOptions {

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
    return new LoadConfig(
        server.endpoint(),
        workload(),
        traffic.maxConcurrency(),
        sampling.request(dataset.lengthsMatter()),
        timeouts.timeouts(),
        new RunOptions(traffic.numWarmups(), resultFile.needsDetails(), rawLog.options()),
        run(place),
        kafka,
        shard.shard(),
        server.network(),
        serverMetrics.options(),
        trust.thresholds());
  }

  /** What is sent. */
  public Workload workload() {
    return sampling.spread(dataset.workload(traffic.arrivals()));
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
}
