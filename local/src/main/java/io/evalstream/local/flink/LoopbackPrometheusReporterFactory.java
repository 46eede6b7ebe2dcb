package io.evalstream.local.flink;

import java.util.Properties;
import org.apache.flink.metrics.prometheus.LoopbackPrometheusReporter;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** How Flink finds the reporter that {@link ClusterConfiguration} names. */
public final class LoopbackPrometheusReporterFactory implements MetricReporterFactory {

  static final String PORT = "port";

  @Override
  public MetricReporter createMetricReporter(Properties properties) {
    return new LoopbackPrometheusReporter(Integer.parseInt(properties.getProperty(PORT)));
  }
}
