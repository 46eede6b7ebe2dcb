package io.evalstream.jobs.grade;

import io.evalstream.events.Metric;
import io.evalstream.jobs.latency.WindowPartial;
import io.evalstream.statistics.distribution.ConfidenceIntervals;
import io.evalstream.statistics.distribution.Interval;
import io.evalstream.statistics.grade.Estimate;
import io.evalstream.statistics.grade.GradedMetric;
import io.evalstream.statistics.sketch.QuantileSketch;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a scenario is graded by, from the sketches of its metrics, each figure with its interval:
 * the success rate by Clopper and Pearson, quantiles by order statistics, means by Student's t,
 * throughputs as those of a compound Poisson process. The intervals take requests as independent;
 * where they queue together there is more to know than they say.
 */
final class Estimates {

  /** How often each interval holds. */
  static final double CONFIDENCE = 0.95;

  /** The metrics whose windows are needed, by their names. */
  private static final Set<String> NEEDED =
      Set.of(
          Metric.ARRIVALS.text(),
          Metric.ENDS.text(),
          Metric.FAILED.text(),
          Metric.OUTPUT_TOKENS.text(),
          Metric.TTFT.text(),
          Metric.TPOT.text(),
          Metric.ITL.text(),
          Metric.E2EL.text());

  private static final Pattern STATISTIC = Pattern.compile("(mean|median|p95|p99)_(.*)_ms");
  private static final double US_PER_MS = 1_000;

  private Estimates() {}

  /** Whether a part is of a metric that grades need. */
  static boolean need(WindowPartial part) {
    return NEEDED.contains(part.window().metric());
  }

  /** Requests that have ended. */
  static long ended(Function<Metric, QuantileSketch> sketches) {
    return sketches.apply(Metric.TTFT).count() + sketches.apply(Metric.FAILED).count();
  }

  /**
   * The figures.
   *
   * @param graded what is wanted
   * @param sketches of the run to date; empty where there is no value
   * @return those of which there is a value
   */
  static Map<GradedMetric, Estimate> of(
      Set<GradedMetric> graded, Function<Metric, QuantileSketch> sketches, double seconds) {
    Map<GradedMetric, Estimate> estimates = new EnumMap<>(GradedMetric.class);
    for (GradedMetric metric : graded) {
      Estimate estimate =
          switch (metric) {
            case SUCCESS_RATE -> success(sketches);
            case REQUEST_THROUGHPUT -> requests(sketches, seconds);
            case OUTPUT_THROUGHPUT -> tokens(sketches, seconds);
            default -> latency(metric, sketches);
          };
      if (estimate != null) {
        estimates.put(metric, estimate);
      }
    }
    return estimates;
  }

  private static Estimate success(Function<Metric, QuantileSketch> sketches) {
    long ok = sketches.apply(Metric.TTFT).count();
    long ended = ended(sketches);
    return ended == 0
        ? null
        : scaled(100.0 * ok / ended, ConfidenceIntervals.share(ok, ended, CONFIDENCE), 0.01);
  }

  private static Estimate requests(Function<Metric, QuantileSketch> sketches, double seconds) {
    long ok = sketches.apply(Metric.TTFT).count();
    return seconds == 0
        ? null
        : scaled(
            ok / seconds,
            ConfidenceIntervals.randomSum(ok, (double) ok, BigInteger.valueOf(ok), CONFIDENCE),
            seconds);
  }

  private static Estimate tokens(Function<Metric, QuantileSketch> sketches, double seconds) {
    QuantileSketch tokens = sketches.apply(Metric.OUTPUT_TOKENS);
    return seconds == 0
        ? null
        : scaled(
            tokens.sum() / seconds,
            ConfidenceIntervals.randomSum(
                tokens.count(), (double) tokens.sum(), tokens.sumOfSquares(), CONFIDENCE),
            seconds);
  }

  private static Estimate latency(GradedMetric metric, Function<Metric, QuantileSketch> sketches) {
    Matcher name = STATISTIC.matcher(metric.text());
    if (!name.matches()) {
      return null;
    }
    QuantileSketch values =
        switch (name.group(2)) {
          case "ttft" -> sketches.apply(Metric.TTFT);
          case "tpot" -> sketches.apply(Metric.TPOT);
          case "itl" -> sketches.apply(Metric.ITL);
          default -> sketches.apply(Metric.E2EL);
        };
    if (values.count() == 0) {
      return null;
    }
    return switch (name.group(1)) {
      case "mean" ->
          scaled(
              values.mean() / US_PER_MS,
              ConfidenceIntervals.mean(
                  values.count(), values.sum(), values.sumOfSquares(), CONFIDENCE),
              US_PER_MS);
      case "median" -> quantile(values, 0.5);
      case "p95" -> quantile(values, 0.95);
      default -> quantile(values, 0.99);
    };
  }

  private static Estimate quantile(QuantileSketch values, double p) {
    return scaled(
        values.quantile(p) / US_PER_MS,
        ConfidenceIntervals.quantile(values.count(), p, CONFIDENCE, values::atRank),
        US_PER_MS);
  }

  private static Estimate scaled(double figure, Interval interval, double unit) {
    return new Estimate(figure, new Interval(interval.lower() / unit, interval.upper() / unit));
  }
}
