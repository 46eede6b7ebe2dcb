package io.evalstream.cli.report;

import io.evalstream.loadgenerator.LoadResult;
import io.evalstream.loadgenerator.measure.LatencyDistribution;
import io.evalstream.loadgenerator.measure.LoadMetrics;
import io.evalstream.statistics.grade.GradedMetric;
import java.util.EnumMap;
import java.util.Map;

/** What a run is graded by. A metric of which there is no value is left out. */
public final class GradeFigures {

  private GradeFigures() {}

  /** Of what a generator measured. */
  public static Map<GradedMetric, Double> of(LoadResult result) {
    LoadMetrics metrics = result.metrics();
    Map<GradedMetric, Double> figures = new EnumMap<>(GradedMetric.class);
    long ended = result.completed() + result.failed();
    if (ended > 0) {
      figures.put(GradedMetric.SUCCESS_RATE, successPercent(result.completed(), ended));
    }
    if (metrics.durationSeconds() > 0) {
      figures.put(GradedMetric.REQUEST_THROUGHPUT, metrics.requestThroughput());
      figures.put(GradedMetric.OUTPUT_THROUGHPUT, metrics.outputThroughput());
    }
    add(
        figures,
        metrics.ttft(),
        GradedMetric.MEAN_TTFT,
        GradedMetric.MEDIAN_TTFT,
        GradedMetric.P95_TTFT,
        GradedMetric.P99_TTFT);
    add(
        figures,
        metrics.tpot(),
        GradedMetric.MEAN_TPOT,
        GradedMetric.MEDIAN_TPOT,
        GradedMetric.P95_TPOT,
        GradedMetric.P99_TPOT);
    add(
        figures,
        metrics.itl(),
        GradedMetric.MEAN_ITL,
        GradedMetric.MEDIAN_ITL,
        GradedMetric.P95_ITL,
        GradedMetric.P99_ITL);
    add(
        figures,
        metrics.e2el(),
        GradedMetric.MEAN_E2EL,
        GradedMetric.MEDIAN_E2EL,
        GradedMetric.P95_E2EL,
        GradedMetric.P99_E2EL);
    return figures;
  }

  /** Requests that ended well, of all that ended, in percent. */
  public static double successPercent(long ok, long ended) {
    return 100.0 * ok / ended;
  }

  private static void add(
      Map<GradedMetric, Double> figures,
      LatencyDistribution values,
      GradedMetric mean,
      GradedMetric median,
      GradedMetric p95,
      GradedMetric p99) {
    if (values.count() > 0) {
      figures.put(mean, values.meanMs());
      figures.put(median, values.medianMs());
      figures.put(p95, values.percentileMs(95));
      figures.put(p99, values.percentileMs(99));
    }
  }
}
