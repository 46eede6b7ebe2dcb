package io.evalstream.loadgenerator.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads result files of {@code vllm bench serve}: one object, or several one after another. */
public final class ResultReader {

  private static final List<String> NEEDED =
      List.of("num_prompts", "duration", "completed", "request_throughput", "output_throughput");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ResultReader() {}

  /**
   * What a file says, in its order.
   *
   * @throws IllegalArgumentException naming the file and what is wrong with it
   */
  public static List<ImportedResult> read(Path file) {
    List<JsonNode> objects = objects(file);
    String name = String.valueOf(file.getFileName());
    List<ImportedResult> results = new ArrayList<>();
    for (int i = 0; i < objects.size(); i++) {
      String numbered = objects.size() == 1 ? name : name + "#" + (i + 1);
      check(file, objects.get(i));
      results.add(ImportedResult.of(numbered, objects.get(i)));
    }
    return results;
  }

  private static List<JsonNode> objects(Path file) {
    try (MappingIterator<JsonNode> objects =
        MAPPER.readerFor(JsonNode.class).readValues(Files.newBufferedReader(file))) {
      List<JsonNode> read = objects.readAll();
      if (read.isEmpty()) {
        throw new IllegalArgumentException("The file " + file + " is empty: name a result file");
      }
      return read;
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("There is no file " + file + ": check its name", e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "The file %s is no JSON: name a result file of vllm bench serve".formatted(file), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The file " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static void check(Path file, JsonNode object) {
    for (String field : NEEDED) {
      if (!object.path(field).isNumber()) {
        throw new IllegalArgumentException(
            "The file %s has no number under %s: name a result file of vllm bench serve"
                .formatted(file, field));
      }
    }
    if (object.path("completed").doubleValue() > object.path("num_prompts").doubleValue()) {
      throw new IllegalArgumentException(
          "The file %s says that more requests were completed than were sent".formatted(file));
    }
  }
}
