package io.evalstream.loadgenerator.plan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads conversations in ShareGPT's format, one at a time: the files are large. */
final class ShareGptReader {

  // is_valid_sequence of vllm/benchmarks/datasets
  private static final int MIN_TOKENS = 4;
  private static final int MAX_PROMPT_TOKENS = 1024;
  private static final int MAX_TOKENS = 2048;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ShareGptReader() {}

  /**
   * Hands the usable conversations to {@code sample}.
   *
   * @throws PlanException when the file cannot be read or is something else
   */
  static void read(Path file, Integer outputLen, TextSample sample) {
    conversations(
        file,
        turns -> {
          if (turns.size() >= 2) {
            take(turns.get(0).path("value"), turns.get(1).path("value"), outputLen, sample);
          }
        });
  }

  /**
   * Hands the turns of every conversation to {@code sink}.
   *
   * @throws PlanException when the file cannot be read or is something else
   */
  static void conversations(Path file, Consumer<JsonNode> sink) {
    try (JsonParser json = MAPPER.createParser(Files.newBufferedReader(file))) {
      if (json.nextToken() != JsonToken.START_ARRAY) {
        throw new PlanException(
            "The data set " + file + " is not a JSON array of conversations, as ShareGPT's are");
      }
      while (json.nextToken() != JsonToken.END_ARRAY) {
        JsonNode entry = MAPPER.readTree(json);
        sink.accept(entry.path("conversations"));
      }
    } catch (NoSuchFileException e) {
      throw new PlanException("There is no data set at " + file + ": check --dataset-path");
    } catch (JsonProcessingException e) {
      throw new PlanException(
          "The data set %s is no JSON at line %d"
              .formatted(file, e.getLocation() == null ? 0 : e.getLocation().getLineNr()));
    } catch (IOException e) {
      throw new PlanException("The data set " + file + " cannot be read: " + e.getMessage());
    }
  }

  private static void take(JsonNode prompt, JsonNode answer, Integer outputLen, TextSample sample) {
    if (!prompt.isTextual() || prompt.textValue().isEmpty() || !answer.isTextual()) {
      return;
    }
    int promptTokens = TextPrompt.estimatedTokens(prompt.textValue());
    int outputTokens =
        outputLen == null ? TextPrompt.estimatedTokens(answer.textValue()) : outputLen;
    boolean longEnough =
        promptTokens >= MIN_TOKENS && (outputLen != null || outputTokens >= MIN_TOKENS);
    if (longEnough
        && promptTokens <= MAX_PROMPT_TOKENS
        && promptTokens + outputTokens <= MAX_TOKENS) {
      sample.add(prompt.textValue(), outputTokens);
    }
  }
}
