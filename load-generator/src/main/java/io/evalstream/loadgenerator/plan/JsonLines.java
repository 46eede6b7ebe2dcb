package io.evalstream.loadgenerator.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files with one JSON object per line; empty lines are skipped. */
final class JsonLines {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonLines() {}

  /** Takes one line; its numbers begin at 1. */
  interface Sink {
    void line(int number, JsonNode object);
  }

  /**
   * Hands every object to {@code sink}.
   *
   * @param what the file is, as in "The trace"
   * @throws PlanException naming the file and the line
   */
  static void read(String what, Path file, Sink sink) {
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          sink.line(number, object(what, file, number, line));
        }
      }
    } catch (NoSuchFileException e) {
      throw new PlanException("There is no file for " + what + " at " + file + ": check the path");
    } catch (CharacterCodingException e) {
      throw new PlanException("For " + what + ", " + file + " is not a text in UTF-8");
    } catch (IOException e) {
      throw new PlanException("For " + what + ", " + file + " cannot be read: " + e.getMessage());
    }
  }

  /** What is wrong with a line. */
  static PlanException broken(String what, Path file, int number, String wrong) {
    return new PlanException("Line " + number + " of " + what + " " + file + ": " + wrong);
  }

  private static JsonNode object(String what, Path file, int number, String line) {
    try {
      JsonNode object = MAPPER.readTree(line);
      if (object.isObject()) {
        return object;
      }
    } catch (JsonProcessingException e) {
      // told below
    }
    throw broken(what, file, number, "it is no JSON object");
  }
}
