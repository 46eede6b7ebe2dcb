package io.evalstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.evalstream.cli.LoadTestCase.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scenario files, the plan of what they send, and their results side by side. */
@Timeout(120)
class ScenariosTest {

  private static final String TWO =
      """
      defaults:
        random_input_len: 8
        num-prompts: 6
      scenarios:
        one:
          description: slow
          max-concurrency: 1
          random-output-len: 4
          ignore-eos: false
          goodput: [ttft:500, e2el:5000]
          metadata: {tier: gold}
          extra-body: {top_p: 0.5}
          save-result: true
        two:
          max-concurrency: 2
          random-output-len: 2
          save-result: true
      """;

  @TempDir private Path directory;
  private LoadTestCase line;
  private Path file;

  @BeforeEach
  void start() throws IOException {
    line = new LoadTestCase(directory);
    file = Files.writeString(directory.resolve("scenarios.yaml"), TWO);
  }

  @AfterEach
  void stop() {
    line.close();
  }

  @Test
  void theFourOfTheProgramArePlanned() {
    Outcome outcome = line.run(Map.of("NUM_PROMPTS", "7"), "plan", "--all-scenarios");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out().lines().toList())
        .anyMatch(row -> row.matches("basic_performance +100 +102,400 +12,800 .*"))
        .anyMatch(row -> row.matches("concurrency_test +200 +102,400 +51,200 .*"))
        .anyMatch(row -> row.matches("long_context +50 +204,800 +25,600 .*"))
        .anyMatch(row -> row.matches("stress_test +200 +409,600 +204,800 .*"));
  }

  @Test
  void aFlagBeatsTheFileWhichBeatsTheEnvironment() {
    Map<String, String> environment =
        Map.of("CONFIG_PATH", file.toString(), "NUM_PROMPTS", "9", "RANDOM_OUTPUT_LEN", "50");

    assertThat(line.run(environment, "plan", "--scenario", "one").out())
        .containsPattern("one +6 +48 +24 ");
    assertThat(line.run(environment, "plan", "--scenario", "one", "--num-prompts", "5").out())
        .containsPattern("one +5 +40 +20 ");
    assertThat(line.run(environment, "plan", "--scenario=two", "--random_output_len=3").out())
        .containsPattern("two +6 +48 +18 ");
  }

  @Test
  void allOfThemAreOneSuite() throws IOException {
    Path results = directory.resolve("results");
    Outcome outcome =
        line.bench(
            Map.of("OUTPUT_DIR", results.toString()),
            "--config",
            file.toString(),
            "--all-scenarios",
            "--run-id",
            "20260131-night");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out()).contains("Scenario one").contains("Scenario two");
    List<JsonNode> written = LoadTestCase.results(results);
    assertThat(written).hasSize(2);
    assertThat(written)
        .extracting(result -> result.path("scenario").textValue())
        .containsExactly("one", "two");
    assertThat(written)
        .extracting(result -> result.path("evalstream_run_id").textValue())
        .containsExactly("20260131-night-one", "20260131-night-two");
    assertThat(written.get(0).path("tier").textValue()).isEqualTo("gold");
    assertThat(written.get(0).path("request_goodput").isNumber()).isTrue();
    assertThat(written.get(1).path("request_goodput").isNull()).isTrue();

    Outcome table = line.run(Map.of(), "import", files(results));
    assertThat(table.exit()).isZero();
    assertThat(table.out().lines().toList())
        .anyMatch(row -> row.matches("scenario +one +two"))
        .anyMatch(row -> row.matches("success rate +100.00% +100.00%"))
        .anyMatch(row -> row.matches("request_goodput +[\\d.,]+ +–"))
        .anyMatch(row -> row.matches("p95_e2el_ms +[\\d.,]+ +[\\d.,]+"));
  }

  @Test
  void whatIsWrongInAFileIsNamed() throws IOException {
    assertRefused("scenarios: {a: {max-concurency: 1}}", "'max-concurency' in 'a'");
    assertRefused("scenarios: {a: {api-key: x}}", "'api-key'");
    assertRefused("scenarios: {a: {max-concurrency: many}}", "Scenario a of", "--max-concurrency");
    assertRefused("scenarios: {a: {max-concurrency: 0}}", "Scenario a of", "max-concurrency is 0");
    assertRefused("scenarios: {a: {num-prompts: }}", "'num-prompts' no value");
    assertRefused("scenarios: {a: 3}", "something else than flags under 'a'");
    assertRefused("scenario: {}", "has 'scenario'");
    assertRefused("scenarios: {}", "has no scenarios");
    assertRefused("", "has no scenarios");
    assertRefused("scenarios: {a: {}, a: {}}", "no YAML at line 1");
    assertRefused("scenarios: [", "no YAML at line");
    assertRefused(TWO, "one, two", "--all-scenarios");
  }

  @Test
  void aScenarioThatIsNotThereIsNamed() {
    Outcome outcome = line.run(Map.of(), "bench", "--scenario", "stres_test");

    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.err()).contains("'stres_test'").contains("stress_test");
    assertThat(line.run(Map.of(), "plan", "--scenario", "a", "--all-scenarios").err())
        .contains("--all-scenarios");
  }

  @Test
  void aPlanCountsTimeAndBlocks() {
    Outcome outcome =
        line.run(
            Map.of(),
            "plan",
            "--num-prompts",
            "1200",
            "--random-output-len",
            "11",
            "--max-concurrency",
            "2",
            "--expected-ttft",
            "100",
            "--expected-tpot",
            "10");

    assertThat(outcome.out()).containsPattern("default +1,200 +1,228,800 +13,200 +2\\.00 +2\\b");
    assertThat(line.run(Map.of(), "plan", "--expected-tpot", "-1").err()).contains("expected-tpot");
    assertThat(line.run(Map.of(), "plan", "--trace", "none.jsonl").err()).contains("none.jsonl");
  }

  @Test
  void aFileThatIsNoResultIsNamed() {
    Outcome outcome = line.run(Map.of(), "import", file.toString());

    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.err()).contains(file.toString()).contains("vllm bench serve");
  }

  private void assertRefused(String content, String... said) throws IOException {
    Path broken = Files.writeString(directory.resolve("broken.yaml"), content);

    Outcome outcome = line.run(Map.of(), "bench", "--no-publish", "--config", broken.toString());

    assertThat(outcome.exit()).as(content).isEqualTo(2);
    assertThat(outcome.err()).contains(broken.toString()).contains(said);
    assertThat(outcome.err().lines()).hasSize(1);
  }

  private static String[] files(Path folder) {
    String[] names = folder.toFile().list();
    java.util.Arrays.sort(names);
    return java.util.Arrays.stream(names)
        .map(n -> folder.resolve(n).toString())
        .toArray(String[]::new);
  }
}
