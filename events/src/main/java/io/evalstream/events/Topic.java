package io.evalstream.events;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The topics, with what is fixed about each. Partition counts divide 720, the jobs' maximum
 * parallelism, and are never changed: producers number their records per partition.
 */
public enum Topic {
  /** Plans and producers' states ({@link RunRecord}); partitioned by run id, compacted. */
  RUNS("runs", 4, null, -1),
  /** {@link TokenTimings}, keyed by request id. */
  TOKEN_TIMINGS("token-timings", 12, Duration.ofDays(1), 1L << 30),
  /** {@link RequestOutcome}, keyed by request id. */
  REQUEST_OUTCOMES("request-outcomes", 4, Duration.ofDays(7), 1L << 30),
  /** {@link GeneratorHealth}, keyed by producer id. */
  GENERATOR_HEALTH("generator-health", 2, Duration.ofDays(7), 1L << 28),
  /** {@link ServerMetrics}, keyed by endpoint. */
  SERVER_METRICS("server-metrics", 2, Duration.ofDays(7), 1L << 28),
  /** {@link MetricWindow}, keyed by run id. */
  METRIC_WINDOWS("metric-windows", 4, Duration.ofDays(7), 1L << 30),
  /** {@link RunCount}, keyed by run id. */
  RUN_COUNTS("run-counts", 2, Duration.ofDays(7), 1L << 28),
  /** {@link RunGrade}, keyed by run id. */
  GRADES("grades", 2, Duration.ofDays(7), 1L << 28),
  /** {@link DeadLetter}. */
  DEAD_LETTERS("dead-letters", 1, Duration.ofDays(30), 1L << 28);

  private final String text;
  private final int partitions;
  private final Duration retention;
  private final long retentionBytes;

  Topic(String text, int partitions, Duration retention, long retentionBytes) {
    this.text = text;
    this.partitions = partitions;
    this.retention = retention;
    this.retentionBytes = retentionBytes;
  }

  /** The topic's name in Kafka. */
  public String text() {
    return text;
  }

  /** How many partitions it has, always. */
  public int partitions() {
    return partitions;
  }

  /** Whether only the latest record of each key is kept. */
  public boolean compacted() {
    return retention == null;
  }

  /**
   * Kafka's configuration of the topic. The broker stamps every record, so that there is one clock
   * to hold producers' clocks against.
   */
  public Map<String, String> configuration() {
    Map<String, String> configuration = new LinkedHashMap<>();
    configuration.put("message.timestamp.type", "LogAppendTime");
    if (compacted()) {
      configuration.put("cleanup.policy", "compact");
    } else {
      configuration.put("cleanup.policy", "delete");
      configuration.put("retention.ms", Long.toString(retention.toMillis()));
      configuration.put("retention.bytes", Long.toString(retentionBytes));
    }
    return configuration;
  }
}
