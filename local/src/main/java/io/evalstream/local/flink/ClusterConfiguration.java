package io.evalstream.local.flink;

import io.evalstream.local.LoopbackPorts;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/** Flink's configuration for a cluster that shares a process of half a gigabyte with a broker. */
final class ClusterConfiguration {

  private static final MemorySize MANAGED_MEMORY = MemorySize.ofMebiBytes(16);
  private static final MemorySize NETWORK_MEMORY = MemorySize.ofMebiBytes(64);
  private static final Duration LONGEST_RESTART_DELAY = Duration.ofSeconds(10);

  private ClusterConfiguration() {}

  static Configuration ofCluster(
      FlinkSettings settings, int port, int metricsPort, Path temporary) {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, LoopbackPorts.LOOPBACK);
    configuration.set(RestOptions.BIND_ADDRESS, LoopbackPorts.LOOPBACK);
    configuration.set(JobManagerOptions.BIND_HOST, LoopbackPorts.LOOPBACK);
    configuration.set(TaskManagerOptions.BIND_HOST, LoopbackPorts.LOOPBACK);
    configuration.set(RestOptions.PORT, port);
    configuration.set(RestOptions.BIND_PORT, Integer.toString(port));
    configuration.set(RestOptions.SERVER_NUM_THREADS, 2);
    configuration.set(WebOptions.SUBMIT_ENABLE, false);
    configuration.set(WebOptions.TMP_DIR, temporary.toString());
    configuration.set(CoreOptions.TMP_DIRS, temporary.toString());
    configuration.set(BlobServerOptions.STORAGE_DIRECTORY, temporary.toString());
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, settings.slots());
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED_MEMORY);
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK_MEMORY);
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, NETWORK_MEMORY);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        LONGEST_RESTART_DELAY);
    Configuration reporter = MetricOptions.forReporter(configuration, "prometheus");
    reporter.set(
        MetricOptions.REPORTER_FACTORY_CLASS, LoopbackPrometheusReporterFactory.class.getName());
    reporter.setString(LoopbackPrometheusReporterFactory.PORT, Integer.toString(metricsPort));
    return configuration;
  }

  static Configuration ofJob(String job, Path checkpoints) {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.NAME, job);
    configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, false);
    return configuration;
  }
}
