package io.evalstream.loadgenerator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MooncakeTraceTest {

  @TempDir private Path folder;

  @Test
  void equalBlocksAreEqualTokens() throws IOException {
    List<PlannedRequest> plan =
        plan(
            """
            {"timestamp": 3000, "input_length": 1100, "output_length": 52, "hash_ids": [46, 47, 9]}
            {"timestamp": 1000, "input_length": 1024, "output_length": 0, "hash_ids": [46, 47]}
            {"timestamp": 1500, "input_length": 7, "output_length": 3}
            """);

    assertThat(plan)
        .extracting(PlannedRequest::offsetNanos)
        .containsExactly(0L, 500_000_000L, 2_000_000_000L);
    assertThat(plan).extracting(PlannedRequest::promptTokens).containsExactly(1024, 7, 1100);
    assertThat(plan).extracting(PlannedRequest::maxOutputTokens).containsExactly(1, 3, 52);
    List<TokenPrompt.Segment> shorter = ((TokenPrompt) plan.get(0).prompt()).segments();
    List<TokenPrompt.Segment> longer = ((TokenPrompt) plan.get(2).prompt()).segments();
    assertThat(longer.subList(0, 2)).isEqualTo(shorter);
    assertThat(longer.get(2).tokens()).isEqualTo(1100 - 1024);
  }

  @Test
  void whatIsWrongIsNamedWithItsLine() {
    assertBroken("{\"timestamp\": -1}", "Line 1", "timestamp");
    assertBroken("{\"timestamp\": 1, \"input_length\": 1.5, \"output_length\": 1}", "input_length");
    assertBroken("{\"timestamp\": 1, \"input_length\": 1}", "output_length");
    assertBroken(
        "{\"timestamp\": 1, \"input_length\": 513, \"output_length\": 1, \"hash_ids\": [1]}",
        "1 hash_ids for 513 tokens, which are 2 blocks");
    assertBroken(
        "{\"timestamp\": 1, \"input_length\": 5, \"output_length\": 1, \"hash_ids\": [\"a\"]}",
        "hash_ids holds");
    assertBroken("\n", "has no requests");
  }

  private void assertBroken(String content, String... said) {
    assertThatThrownBy(() -> plan(content))
        .isInstanceOf(PlanException.class)
        .hasMessageContainingAll(said);
  }

  private List<PlannedRequest> plan(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("t.jsonl"), content);
    return new TraceWorkload(file, 1, null).plan(1);
  }
}
