package io.evalstream.loadgenerator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/** Reads prompts, one object per line: {@code {"prompt": "…", "output_tokens": 100}}. */
final class PromptsReader {

  private static final String WHAT = "the data set";

  private PromptsReader() {}

  /**
   * Hands the prompts to {@code sample}.
   *
   * @param outputLen tokens of an answer; null to take {@code output_tokens} of each line
   * @throws PlanException naming the file, the line and what is wrong with it
   */
  static void read(Path file, Integer outputLen, TextSample sample) {
    JsonLines.read(
        WHAT,
        file,
        (number, line) -> {
          JsonNode prompt = line.path("prompt");
          if (!prompt.isTextual() || prompt.textValue().isEmpty()) {
            throw JsonLines.broken(WHAT, file, number, "it has no text under prompt");
          }
          int output = outputLen == null ? line.path("output_tokens").asInt(0) : outputLen;
          if (output < 1) {
            throw JsonLines.broken(
                WHAT,
                file,
                number,
                "it has no number from 1 on under output_tokens: add it, or give"
                    + " custom-output-len");
          }
          sample.add(prompt.textValue(), output);
        });
  }
}
