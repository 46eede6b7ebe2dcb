package io.evalstream.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopicTest {

  @ParameterizedTest
  @EnumSource
  void partitionsDivideTheJobsMaximumParallelism(Topic topic) {
    assertThat(720 % topic.partitions()).isZero();
  }

  @Test
  void namesAreThePublishedOnes() {
    assertThat(Topic.values())
        .extracting(Topic::text)
        .containsExactly(
            "runs",
            "token-timings",
            "request-outcomes",
            "generator-health",
            "server-metrics",
            "metric-windows",
            "run-counts",
            "grades",
            "dead-letters");
  }

  @ParameterizedTest
  @EnumSource
  void theBrokerStampsEveryRecord(Topic topic) {
    assertThat(topic.configuration()).containsEntry("message.timestamp.type", "LogAppendTime");
  }

  @Test
  void runsAreCompacted() {
    assertThat(Topic.RUNS.compacted()).isTrue();
    assertThat(Topic.RUNS.configuration())
        .containsOnly(
            Map.entry("message.timestamp.type", "LogAppendTime"),
            Map.entry("cleanup.policy", "compact"));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RUNS")
  void othersAreKeptForATimeAndUpToASize(Topic topic) {
    Map<String, String> configuration = topic.configuration();

    assertThat(topic.compacted()).isFalse();
    assertThat(configuration).containsEntry("cleanup.policy", "delete");
    assertThat(Long.parseLong(configuration.get("retention.ms")))
        .isBetween(86_400_000L, 2_592_000_000L);
    assertThat(Long.parseLong(configuration.get("retention.bytes"))).isPositive();
  }
}
