package io.evalstream.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A client with the flags and the result file of {@code vllm bench serve}: evalstream's own and
 * vLLM's.
 *
 * @param program the beginning of its command
 * @param more further arguments of its own
 */
record VllmStyleClient(String name, List<String> program, List<String> more) implements Client {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "result.json";

  @Override
  public List<String> command(Load load, Path directory) {
    List<String> command = new ArrayList<>(program);
    command.addAll(
        List.of(
            "--backend",
            "vllm",
            "--base-url",
            load.url(),
            "--model",
            Load.MODEL,
            "--dataset-name",
            "random",
            "--random-input-len",
            Integer.toString(Load.PROMPT_TOKENS),
            "--random-output-len",
            Integer.toString(load.outputTokens()),
            "--random-range-ratio",
            Double.toString(load.spread()),
            "--num-prompts",
            Integer.toString(load.requests()),
            "--max-concurrency",
            Integer.toString(load.streams()),
            "--ignore-eos",
            "--temperature",
            "0",
            "--percentile-metrics",
            "ttft,tpot,itl,e2el",
            "--metric-percentiles",
            "50,99",
            "--disable-tqdm",
            "--save-result",
            "--result-dir",
            directory.toString(),
            "--result-filename",
            FILE));
    command.addAll(more);
    return command;
  }

  @Override
  public Figures figures(Path directory) throws IOException {
    JsonNode result = JSON.readTree(directory.resolve(FILE).toFile());
    return new Figures(
        number(result, "median_ttft_ms"),
        number(result, "p99_ttft_ms"),
        number(result, "p99_itl_ms"),
        number(result, "total_output_tokens"),
        number(result, "output_throughput"),
        (long) number(result, "completed"));
  }

  private static double number(JsonNode result, String field) throws IOException {
    JsonNode value = result.get(field);
    if (value == null || !value.isNumber()) {
      throw new IOException("the result has no number " + field);
    }
    return value.doubleValue();
  }
}
