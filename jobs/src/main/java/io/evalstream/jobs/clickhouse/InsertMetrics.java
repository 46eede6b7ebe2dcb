package io.evalstream.jobs.clickhouse;

import io.evalstream.jobs.metrics.JobMetrics;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** What a writer's inserts are like: rows of each, how long each took, and how many failed. */
final class InsertMetrics {

  /** Quantiles are over so many inserts, at about one a second. */
  private static final int LAST_INSERTS = 300;

  private final Counter rowsInserted;
  private final Counter failures;
  private final Histogram rows;
  private final Histogram milliseconds;

  InsertMetrics(MetricGroup writer) {
    MetricGroup own = JobMetrics.of(writer);
    rowsInserted = own.counter("rows_inserted");
    failures = own.counter("insert_failures");
    rows = own.histogram("insert_rows", new DescriptiveStatisticsHistogram(LAST_INSERTS));
    milliseconds = own.histogram("insert_ms", new DescriptiveStatisticsHistogram(LAST_INSERTS));
  }

  void succeeded(long insertedRows, long nanos) {
    rowsInserted.inc(insertedRows);
    rows.update(insertedRows);
    milliseconds.update(TimeUnit.NANOSECONDS.toMillis(nanos));
  }

  void failed() {
    failures.inc();
  }
}
