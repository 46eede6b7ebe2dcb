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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole load tests through the command line, with flags as vLLM's users write them. */
@Timeout(120)
class BenchCommandTest {

  private static final Map<String, String> NOTHING = Map.of();

  @TempDir private Path directory;
  private LoadTestCase line;

  @BeforeEach
  void start() {
    line = new LoadTestCase(directory);
  }

  @AfterEach
  void stop() {
    line.close();
  }

  @Test
  void aCommandLineOfVllmRunsAsItIs() throws IOException {
    Outcome outcome =
        line.bench(
            NOTHING,
            "--backend vllm --endpoint /v1/completions --model org/sim --tokenizer org/sim"
                .concat(" --dataset_name random --num-prompts 12 --random-input-len 20")
                .concat(" --random-output-len 5 --random-range-ratio 0.2 --random-prefix-len 4")
                .concat(" --request-rate 400 --burstiness 0.5 --max-concurrency 3 --seed 7")
                .concat(" --num-warmups 2 --goodput ttft:60000 e2el:60000 --ignore-eos")
                .concat(" --percentile-metrics ttft,e2el --metric-percentiles 50,99.9")
                .concat(" --temperature 0 --top-p 0.9 --header X-Team=a --disable-tqdm")
                .concat(" --lora-modules lora-a=3 lora-b --save-result --save-detailed")
                .concat(" --label mine --metadata tp=2 gpu=h100 --result-dir ")
                .concat(directory.resolve("results").toString())
                .split(" ", -1));

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out()).containsPattern("mean +p50 +p99\\.9 +max").contains("Goodput");
    JsonNode result = LoadTestCase.results(directory.resolve("results")).get(0);
    assertThat(result.path("label").textValue()).isEqualTo("mine");
    assertThat(result.path("model_id").textValue()).isEqualTo("org/sim");
    assertThat(result.path("tokenizer_id").textValue()).isEqualTo("org/sim");
    assertThat(result.path("tp").textValue()).isEqualTo("2");
    assertThat(result.path("num_prompts").intValue()).isEqualTo(12);
    assertThat(result.path("completed").intValue()).isEqualTo(12);
    assertThat(result.path("request_rate").doubleValue()).isEqualTo(400);
    assertThat(result.path("burstiness").doubleValue()).isEqualTo(0.5);
    assertThat(result.path("request_goodput")).isEqualTo(result.path("request_throughput"));
    assertThat(result.path("p99.9_e2el_ms").isNumber()).isTrue();
    assertThat(result.has("mean_tpot_ms")).isFalse();
    assertThat(result.path("itls")).hasSize(12);
    assertThat(outcome.out()).containsPattern("mine-400\\.0qps-concurrency3-sim-\\d{8}-\\d{6}");
  }

  @Test
  void everyRequestIsWrittenDown() throws IOException {
    Path logs = directory.resolve("raw");
    String flags =
        "--num-prompts 5 --random-input-len 4 --random-output-len 6 --run-id 20260131-raw"
            + " --raw-log-gaps --raw-log-dir ";

    Outcome first = line.bench(NOTHING, (flags + logs).split(" ", -1));
    Outcome again = line.bench(NOTHING, (flags + logs).split(" ", -1));

    assertThat(first.exit()).isZero();
    Path log = logs.resolve("20260131-raw.jsonl");
    assertThat(first.out()).contains("Every request is in " + log).doesNotContain("Notes:");
    assertThat(Files.readAllLines(log))
        .hasSize(5)
        .allMatch(text -> text.contains("\"status\":\"ok\"") && text.contains("\"gaps_us\":["));
    assertThat(again.exit()).isEqualTo(ExitCode.WRONG_USE.number());
    assertThat(again.err()).contains("The raw log " + log + " exists: give another run-id");
    assertThat(line.bench(NOTHING, "--raw-log-gaps").err())
        .contains("--raw-log-gaps is given without --raw-log-dir: add it.");
  }

  @Test
  void gradesAreByTheFileThatIsGiven() throws IOException {
    Path slo =
        Files.writeString(
            directory.resolve("slo.yaml"),
            "letters: [gold, tin]\ndefault:\n  p99_e2el_ms: {gold: 0.001}\n");
    String flags = "--num-prompts 3 --random-input-len 4 --random-output-len 4 --slo ";

    assertThat(line.bench(NOTHING, (flags + slo).split(" ", -1)).out())
        .contains("Grade tin, decided by E2EL p99")
        .contains("gold needs at most");
    Outcome refused = line.bench(NOTHING, (flags + directory.resolve("none.yaml")).split(" ", -1));
    assertThat(refused.exit()).isEqualTo(ExitCode.WRONG_USE.number());
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("There is no SLO file");
  }

  @Test
  void theServerIsAskedHowItIsUnlessThatIsNotWanted() {
    assertThat(line.bench(NOTHING, "--num-prompts", "3").out())
        .contains("The server at " + line.url())
        .containsPattern("requests running, mean / max: \\d")
        .contains("tokens per joule: – (nobody tells the power");
    assertThat(line.bench(NOTHING, "--num-prompts", "3", "--no-server-metrics").out())
        .doesNotContain("The server at");
  }

  @Test
  void dataSetsAreRead() throws IOException {
    Path prompts = Files.writeString(directory.resolve("p.jsonl"), "{\"prompt\": \"say it\"}\n");
    Path conversations =
        Files.writeString(
            directory.resolve("s.json"),
            "[{\"conversations\": [{\"value\": \"What is the capital of Korea?\"},"
                + " {\"value\": \"It is Seoul, on the Han.\"}]}]");
    Path trace =
        Files.writeString(
            directory.resolve("t.jsonl"),
            "{\"timestamp\": 0, \"input_length\": 600, \"output_length\": 4, \"hash_ids\": [1,2]}\n");

    assertCompleted(
        3,
        "--dataset-name",
        "custom",
        "--dataset-path",
        prompts.toString(),
        "--custom-output-len",
        "4",
        "--num-prompts",
        "3");
    assertCompleted(
        3,
        "--dataset-name",
        "sharegpt",
        "--dataset-path",
        conversations.toString(),
        "--backend",
        "openai-chat",
        "--num-prompts",
        "3");
    assertCompleted(
        4,
        "--dataset-name",
        "prefix_repetition",
        "--num-prompts",
        "4",
        "--prefix-repetition-num-prefixes",
        "2",
        "--output-len",
        "3");
    assertCompleted(1, "--trace", trace.toString());
    assertCompleted(1, "--dataset-name", "timed_trace", "--dataset-path", trace.toString());
  }

  @Test
  void variablesGiveDefaultsThatFlagsBeat() throws IOException {
    Path results = directory.resolve("results");
    Map<String, String> environment =
        Map.ofEntries(
            Map.entry("VLLM_ENDPOINT", line.url()),
            Map.entry("MODEL_NAME", "Org/Own"),
            Map.entry("SERVED_MODEL_NAME", "org/sim"),
            Map.entry("MAX_CONCURRENCY", "2"),
            Map.entry("RANDOM_INPUT_LEN", "9"),
            Map.entry("RANDOM_OUTPUT_LEN", "3"),
            Map.entry("NUM_PROMPTS", "5"),
            Map.entry("REQUEST_RATE", "900"),
            Map.entry("BACKEND", "openai"),
            Map.entry("ENDPOINT_PATH", "/v1/completions"),
            Map.entry("DATASET_TYPE", "random"),
            Map.entry("PERCENTILE_METRICS", "ttft"),
            Map.entry("METRIC_PERCENTILES", "90"),
            Map.entry("OUTPUT_DIR", results.toString()),
            Map.entry("LOG_LEVEL", "WARNING"),
            Map.entry("TZ", "Asia/Seoul"));

    Outcome outcome = line.run(environment, "bench", "--no-publish", "--num-prompts", "4");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exit()).isZero();
    JsonNode result = LoadTestCase.results(results).get(0);
    assertThat(result.path("model_id").textValue()).isEqualTo("Org/Own");
    assertThat(result.path("backend").textValue()).isEqualTo("openai");
    assertThat(result.path("num_prompts").intValue()).as("the flag's").isEqualTo(4);
    assertThat(result.path("max_concurrency").intValue()).isEqualTo(2);
    assertThat(result.path("request_rate").doubleValue()).isEqualTo(900);
    assertThat(result.path("total_output_tokens").intValue()).isEqualTo(12);
    assertThat(result.has("p90_ttft_ms")).isTrue();
    assertThat(result.has("mean_itl_ms")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "VLLM_ENDPOINT,localhost",
    "MAX_CONCURRENCY,many",
    "MAX_CONCURRENCY,0",
    "RANDOM_INPUT_LEN,0",
    "RANDOM_OUTPUT_LEN,-2",
    "NUM_PROMPTS,x",
    "REQUEST_RATE,fast",
    "BACKEND,tgi",
    "ENDPOINT_PATH,completions",
    "DATASET_TYPE,sonnet",
    "PERCENTILE_METRICS,speed",
    "METRIC_PERCENTILES,101",
    "CONFIG_PATH,nowhere.yaml",
    "LOG_LEVEL,loud",
    "TZ,Moon/Base",
  })
  void aWrongVariableIsNamed(String variable, String value) {
    Outcome outcome = line.run(Map.of(variable, value), "bench", "--no-publish");

    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.err()).contains(variable).contains(value);
  }

  @Test
  void anEmptyVariableIsNone() {
    assertThat(line.bench(Map.of("MAX_CONCURRENCY", " "), "--num-prompts", "1").exit()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--dataset-name sonnet | --dataset-name is 'sonnet'",
        "--dataset-name sharegpt | dataset-path",
        "--dataset-path x | --dataset-path",
        "--trace x --request-rate 3 | --request-rate",
        "--burstiness 0 | burstiness",
        "--ramp-up-strategy linear --ramp-up-start-rps 1 | --ramp-up-end-rps",
        "--ramp-up-strategy steep --ramp-up-start-rps 1 --ramp-up-end-rps 2 | ramp-up-strategy",
        "--ramp-up-start-rps 1 | --ramp-up-strategy",
        "--arrivals constant --burstiness 2 | --burstiness",
        "--num-warmups -1 | num-warmups",
        "--goodput itl:3 | goodput",
        "--extra-body [] | extra-body",
        "--lora-modules a=x | lora-modules",
        "--lora-modules a --lora-assignment best | lora-assignment",
        "--header Host=x | header",
        "--endpoint v1 | endpoint",
        "--port x | --port",
        "--dcgm-url gpu:9400 | --dcgm-url",
        "--trust-stall 0 | trust-stall",
        "--trust-share 2 | trust-share",
        "--server-metrics-url x | --server-metrics-url",
        "--no-server-metrics --dcgm-url http://h:9400 | --dcgm-url",
        "--label a --label b | --label",
        "--metadata x | --metadata",
        "--custom-output-len 0 --dataset-name custom --dataset-path x | custom-output-len",
        "--random-prefix-len -1 | random-prefix-len",
        "--save-result --result-dir /proc/none | --result-dir",
      })
  void aWrongFlagIsNamedBeforeAnythingIsSent(String flags, String named) {
    Outcome outcome =
        line.run(
            Map.of("VLLM_ENDPOINT", "http://127.0.0.1:1"),
            "bench",
            ("--no-publish " + flags).split(" ", -1));

    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.err()).contains(named).doesNotContain("\tat ");
  }

  private void assertCompleted(int count, String... flags) {
    Outcome outcome = line.bench(NOTHING, flags);

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exit()).as(String.join(" ", List.of(flags))).isZero();
    assertThat(outcome.out())
        .contains("Requests: %1$d of %1$d ok (100.00%%), 0 failed".formatted(count));
  }
}
