package io.evalstream.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Our own client, and those of others that the environment names.
 *
 * @param all ours first
 * @param flatOut the same for runs without any waiting: ours with the optimizing compiler, which
 *     pays off there
 */
record Clients(Client own, List<Client> all, List<Client> flatOut, List<String> skipped) {

  private static final String OPTIMIZING = "EVALSTREAM_JAVA_OPTS=-XX:TieredStopAtLevel=4";

  static Clients of(Path launcher, Map<String, String> environment) {
    List<String> command = List.of(launcher.toString(), "bench");
    Client own = evalstream(command);
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
    List<Client> flatOut = new ArrayList<>(all);
    List<String> optimized = new ArrayList<>(List.of("env", OPTIMIZING));
    optimized.addAll(command);
    flatOut.set(0, evalstream(List.copyOf(optimized)));
    return new Clients(own, List.copyOf(all), List.copyOf(flatOut), List.copyOf(skipped));
  }

  private static Client evalstream(List<String> command) {
    return new VllmStyleClient("evalstream", command, List.of("--no-publish"));
  }
}
