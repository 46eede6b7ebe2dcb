package io.evalstream.loadgenerator.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts of a file, in random order. When the file has fewer than are asked for, some come again, as
 * in {@code vllm bench serve}.
 *
 * @param outputLen tokens of an answer; null to take each entry's own
 */
public record TextWorkload(
    Format format, Path file, int numPrompts, Integer outputLen, Arrivals arrivals)
    implements Workload {

  /** What the file is. */
  public enum Format {
    /**
     * ShareGPT: a JSON array of objects with {@code conversations}, of which the first turn is the
     * prompt and the second's length the answer's. Conversations that are too short or too long are
     * left out by the rule of vllm/benchmarks/datasets, on estimated lengths.
     */
    SHAREGPT("sharegpt"),
    /** One object per line with {@code prompt} and, when asked for, {@code output_tokens}. */
    CUSTOM("custom");

    private final String text;

    Format(String text) {
      this.text = text;
    }

    /** Its name on the command line. */
    public String text() {
      return text;
    }
  }

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public TextWorkload {
    if (format == null) {
      throw new IllegalArgumentException("dataset-name is missing: sharegpt or custom");
    }
    if (file == null) {
      throw new IllegalArgumentException(
          "dataset-path is missing: name the file of dataset " + format.text());
    }
    Numbers.positive("num-prompts", numPrompts);
    if (outputLen != null) {
      Numbers.positive(format.text() + "-output-len", outputLen);
    }
    if (arrivals == null) {
      throw new IllegalArgumentException("the arrivals are missing");
    }
  }

  @Override
  public List<PlannedRequest> plan(long seed) {
    SeededRandom random = new SeededRandom(seed);
    TextSample sample = new TextSample(numPrompts, random);
    if (format == Format.SHAREGPT) {
      ShareGptReader.read(file, outputLen, sample);
    } else {
      PromptsReader.read(file, outputLen, sample);
    }
    List<TextSample.Entry> entries = sample.drawn();
    if (entries.isEmpty()) {
      throw new PlanException("The data set " + file + " has no prompt that can be used");
    }
    long[] offsets = arrivals.offsetsNanos(numPrompts, random);
    List<PlannedRequest> requests = new ArrayList<>(numPrompts);
    for (int i = 0; i < numPrompts; i++) {
      TextSample.Entry entry = entries.get(i < entries.size() ? i : random.nextInt(entries.size()));
      requests.add(
          PlannedRequest.of(i, new TextPrompt(entry.prompt()), entry.outputTokens(), offsets[i]));
    }
    return requests;
  }

  @Override
  public boolean timed() {
    return !arrivals.unlimited();
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("dataset-name", format.text());
    parameters.put("dataset-path", String.valueOf(file.getFileName()));
    parameters.put("num-prompts", Integer.toString(numPrompts));
    if (outputLen != null) {
      parameters.put(format.text() + "-output-len", Integer.toString(outputLen));
    }
    arrivals.describe(parameters);
    return parameters;
  }
}
