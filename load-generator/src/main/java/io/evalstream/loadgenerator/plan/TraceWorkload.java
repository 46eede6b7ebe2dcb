package io.evalstream.loadgenerator.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Replays the arrivals and lengths of a trace, with random prompts that share what the trace says
 * they share.
 *
 * @param file in Azure's format (CSV), or in Mooncake's if its name ends in {@code .jsonl}
 * @param speedup how many times faster than the trace; the lengths stay as they are
 * @param numPrompts how many requests of the trace's beginning; null for all
 */
public record TraceWorkload(Path file, double speedup, Integer numPrompts) implements Workload {

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public TraceWorkload {
    if (file == null) {
      throw new IllegalArgumentException("the trace is missing: name its file");
    }
    if (!(speedup > 0) || Double.isInfinite(speedup)) {
      throw new IllegalArgumentException(
          "speedup is " + speedup + ": give a number above 0; 1 is the trace's own speed");
    }
    if (numPrompts != null && numPrompts < 1) {
      throw new IllegalArgumentException(
          "num-prompts is " + numPrompts + ": give a number from 1 on");
    }
  }

  /**
   * The trace's requests in order of time; those of one instant in the file's order. No server
   * takes an empty prompt or generates nothing, so a length of 0 is replayed as 1.
   */
  @Override
  public List<PlannedRequest> plan(long seed) {
    List<TraceReader.Entry> trace = trace();
    int count = numPrompts == null ? trace.size() : Math.min(numPrompts, trace.size());
    long startNanos = trace.get(0).atNanos();
    List<PlannedRequest> requests = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      TraceReader.Entry entry = trace.get(i);
      requests.add(
          PlannedRequest.of(
              i,
              prompt(seed, i, entry),
              Math.max(1, entry.generatedTokens()),
              Math.round((entry.atNanos() - startNanos) / speedup)));
    }
    return requests;
  }

  @Override
  public boolean timed() {
    return true;
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("dataset-name", "trace");
    parameters.put("trace", String.valueOf(file.getFileName()));
    parameters.put("speedup", Double.toString(speedup));
    return parameters;
  }

  private List<TraceReader.Entry> trace() {
    if (!String.valueOf(file.getFileName()).endsWith(".jsonl")) {
      return TraceReader.read(file);
    }
    List<TraceReader.Entry> trace = MooncakeTraceReader.read(file);
    if (trace.isEmpty()) {
      throw new PlanException("The trace " + file + " has no requests");
    }
    trace.sort(Comparator.comparingLong(TraceReader.Entry::atNanos));
    return trace;
  }

  private static TokenPrompt prompt(long seed, int index, TraceReader.Entry entry) {
    int tokens = Math.max(1, entry.contextTokens());
    if (entry.blocks().isEmpty()) {
      return TokenPrompt.of(PlannedRequest.promptSeed(seed, index, tokens), tokens);
    }
    List<TokenPrompt.Segment> segments = new ArrayList<>(entry.blocks().size());
    int left = tokens;
    for (long block : entry.blocks()) {
      int length = Math.min(left, MooncakeTraceReader.BLOCK);
      segments.add(new TokenPrompt.Segment(SeededRandom.mix(seed, block), length));
      left -= length;
    }
    return new TokenPrompt(segments);
  }
}
