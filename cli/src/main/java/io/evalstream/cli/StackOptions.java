package io.evalstream.cli;

import io.evalstream.local.stack.StackSettings;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** How the local stack is set up. */
final class StackOptions {

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of Kafka on 127.0.0.1; 0 takes a free one (${DEFAULT-VALUE}).")
  private int kafkaPort;

  @Option(
      names = "--clickhouse-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of ClickHouse on 127.0.0.1; 0 takes a free one (${DEFAULT-VALUE}).")
  private int clickHousePort;

  @Option(
      names = "--flink-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of Flink's page on 127.0.0.1; 0 takes a free one (${DEFAULT-VALUE}).")
  private int flinkPort;

  @Option(
      names = "--s3-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the object store on 127.0.0.1; 0 takes a free one (${DEFAULT-VALUE}).")
  private int s3Port;

  StackSettings settings(Path directory) {
    StackSettings defaults = StackSettings.of(directory);
    return new StackSettings(
        directory,
        kafkaPort,
        clickHousePort,
        flinkPort,
        s3Port,
        defaults.servingParallelism(),
        defaults.checkpointInterval());
  }

  List<String> arguments() {
    return List.of(
        "--kafka-port",
        Integer.toString(kafkaPort),
        "--clickhouse-port",
        Integer.toString(clickHousePort),
        "--flink-port",
        Integer.toString(flinkPort),
        "--s3-port",
        Integer.toString(s3Port));
  }
}
