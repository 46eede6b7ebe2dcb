package io.evalstream.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * AIPerf. Its lengths are normally distributed, here with the deviation of the others' uniform
 * ones. It needs a tokenizer to make prompts; the server's count of tokens is taken all the same.
 *
 * @param program its command
 * @param tokenizer a directory, or a name that it can resolve
 */
record Aiperf(String program, String tokenizer) implements Client {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String name() {
    return "aiperf";
  }

  @Override
  public List<String> command(Load load, Path directory) {
    long deviation = Math.round(load.spread() * load.outputTokens() / Math.sqrt(3));
    return List.of(
        program,
        "profile",
        "--model",
        Load.MODEL,
        "--url",
        load.url(),
        "--endpoint-type",
        "completions",
        "--streaming",
        "--concurrency",
        Integer.toString(load.streams()),
        "--request-count",
        Integer.toString(load.requests()),
        "--isl",
        Integer.toString(Load.PROMPT_TOKENS),
        "--isl-stddev",
        "0",
        "--osl",
        Integer.toString(load.outputTokens()),
        "--osl-stddev",
        Long.toString(deviation),
        "--tokenizer",
        tokenizer,
        "--extra-inputs",
        "ignore_eos:true",
        "--use-server-token-count",
        "--random-seed",
        "0",
        "--ui",
        "none",
        "--artifact-dir",
        directory.toString());
  }

  @Override
  public Figures figures(Path directory) throws IOException {
    JsonNode result = JSON.readTree(directory.resolve("profile_export_aiperf.json").toFile());
    return new Figures(
        number(result, "/time_to_first_token/p50"),
        number(result, "/time_to_first_token/p99"),
        number(result, "/inter_chunk_latency/p99"),
        number(result, "/total_output_tokens/avg"),
        number(result, "/output_token_throughput/avg"),
        (long) number(result, "/request_count/avg"));
  }

  private static double number(JsonNode result, String path) throws IOException {
    JsonNode value = result.at(path);
    if (!value.isNumber()) {
      throw new IOException("the result has no number " + path);
    }
    return value.doubleValue();
  }
}
