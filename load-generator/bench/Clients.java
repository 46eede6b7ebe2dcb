package io.evalstream.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Our own client, and those of others that the environment names. */
record Clients(Client own, List<Client> all, List<String> skipped) {

  static Clients of(Path launcher, Map<String, String> environment) {
    Client own =
        new VllmStyleClient(
            "evalstream", List.of(launcher.toString(), "bench"), List.of("--no-publish"));
    List<Client> all = new ArrayList<>(List.of(own));
    List<String> skipped = new ArrayList<>();
    String vllm = environment.getOrDefault("VLLM_BENCH_BIN", "");
    if (vllm.isEmpty()) {
      skipped.add("vllm-bench: skipped: VLLM_BENCH_BIN does not name its program");
    } else {
      // a tokenizer that it holds itself, and prompts as token ids, as ours
      all.add(
          new VllmStyleClient(
              "vllm-bench",
              List.of(vllm),
              List.of("--tokenizer", "cl100k_base", "--prompt-token-ids")));
    }
    String aiperf = environment.getOrDefault("AIPERF_BIN", "");
    if (aiperf.isEmpty()) {
      skipped.add("aiperf: skipped: AIPERF_BIN does not name its program");
    } else {
      all.add(new Aiperf(aiperf, environment.getOrDefault("TOKENIZER_DIRECTORY", "builtin")));
    }
    return new Clients(own, List.copyOf(all), List.copyOf(skipped));
  }
}
