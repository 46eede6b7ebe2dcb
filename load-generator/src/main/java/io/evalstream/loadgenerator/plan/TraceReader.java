package io.evalstream.loadgenerator.plan;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads traces in the format of Azure's public LLM inference traces (Azure/AzurePublicDataset): CSV
 * with the header {@code TIMESTAMP,ContextTokens,GeneratedTokens} and timestamps such as {@code
 * 2023-11-16 18:15:46.6805900}, with up to nine digits of a second's fraction, taken as UTC.
 */
final class TraceReader {

  private static final String HEADER = "TIMESTAMP,ContextTokens,GeneratedTokens";
  private static final int MAX_TOKENS = 10_000_000;

  /**
   * One request of a trace.
   *
   * @param atNanos from the epoch, or from any other instant that the whole trace shares
   * @param blocks what the prompt's blocks are called; empty when it shares none
   */
  record Entry(long atNanos, int contextTokens, int generatedTokens, List<Long> blocks) {}

  private TraceReader() {}

  /**
   * The whole trace, at least one entry, sorted by time; entries of one instant keep their order.
   *
   * @throws PlanException naming the file, the line and what is wrong with it
   */
  static List<Entry> read(Path file) {
    List<Entry> entries = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      String header = lines.readLine();
      if (header == null || !header.strip().equalsIgnoreCase(HEADER)) {
        throw broken(file, 1, "the header is not " + HEADER);
      }
      int number = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          entries.add(entry(file, number, line));
        }
      }
    } catch (NoSuchFileException e) {
      throw new PlanException("There is no trace at " + file + ": check the path");
    } catch (CharacterCodingException e) {
      throw new PlanException("The trace " + file + " is not a text in UTF-8");
    } catch (IOException e) {
      throw new PlanException("The trace " + file + " cannot be read: " + e.getMessage());
    }
    if (entries.isEmpty()) {
      throw new PlanException("The trace " + file + " has no requests");
    }
    entries.sort(Comparator.comparingLong(Entry::atNanos));
    return entries;
  }

  private static Entry entry(Path file, int number, String line) {
    String[] cells = line.split(",", -1);
    if (cells.length != 3) {
      throw broken(file, number, "it has " + cells.length + " columns and not 3");
    }
    return new Entry(
        atNanos(file, number, cells[0].strip()),
        tokens(file, number, "ContextTokens", cells[1].strip()),
        tokens(file, number, "GeneratedTokens", cells[2].strip()),
        List.of());
  }

  private static long atNanos(Path file, int number, String text) {
    try {
      LocalDateTime time =
          LocalDateTime.parse(text.replace(' ', 'T'), DateTimeFormatter.ISO_LOCAL_DATE_TIME);
      return ChronoUnit.NANOS.between(Instant.EPOCH, time.toInstant(ZoneOffset.UTC));
    } catch (DateTimeException | ArithmeticException e) {
      throw broken(
          file,
          number,
          "TIMESTAMP '" + shown(text) + "' is no time as 2023-11-16 18:15:46.6805900");
    }
  }

  private static int tokens(Path file, int number, String column, String text) {
    try {
      int tokens = Integer.parseInt(text);
      if (tokens >= 0 && tokens <= MAX_TOKENS) {
        return tokens;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw broken(
        file, number, column + " '" + shown(text) + "' is no number from 0 to " + MAX_TOKENS);
  }

  private static String shown(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  private static PlanException broken(Path file, int line, String what) {
    return new PlanException("Line " + line + " of the trace " + file + ": " + what);
  }
}
