package io.evalstream.local.stack;

import io.evalstream.local.LoopbackPorts;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the local stack needs to know.
 *
 * @param directory where everything is kept; one stack at a time
 * @param kafkaPort port of the broker, or {@link LoopbackPorts#ANY}
 * @param clickHousePort port of ClickHouse's HTTP interface, or {@link LoopbackPorts#ANY}
 * @param flinkPort port of Flink's web page, or {@link LoopbackPorts#ANY}
 * @param s3Port port of the object store, or {@link LoopbackPorts#ANY}
 * @param servingParallelism slots of the serving job
 * @param checkpointInterval time between checkpoints of the jobs
 */
public record StackSettings(
    Path directory,
    int kafkaPort,
    int clickHousePort,
    int flinkPort,
    int s3Port,
    int servingParallelism,
    Duration checkpointInterval) {

  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(2);

  /** Makes the directory absolute. */
  public StackSettings {
    directory = directory.toAbsolutePath();
  }

  /** Any free ports, two slots. */
  public static StackSettings of(Path directory) {
    return new StackSettings(
        directory, LoopbackPorts.ANY, LoopbackPorts.ANY, LoopbackPorts.ANY, LoopbackPorts.ANY, 2, CHECKPOINT_INTERVAL);
  }
}
