package io.evalstream.datasets.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evalstream.datasets.DatasetException;
import io.evalstream.datasets.DatasetException.Kind;
import io.evalstream.datasets.format.Limits;
import io.evalstream.datasets.format.Rows;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Consumer;

/**
 * Reads a log of questions. What it throws names the file and the row, and has no cause: that of a
 * parser may quote the row.
 */
final class LogReader {

  private static final long MOST_SECONDS = 100_000_000_000L;

  private final LogFields fields;

  LogReader(LogFields fields) {
    this.fields = fields;
  }

  /**
   * Gives every row that holds a question.
   *
   * @return how many rows hold none
   * @throws DatasetException when the file is not readable, or no row has the field of the question
   */
  long read(Path file, Consumer<LoggedPrompt> rows) {
    long empty = 0;
    boolean any = false;
    long row = 0;
    try (Rows log = Rows.open(file, Limits.DEFAULT)) {
      while (log.hasNext()) {
        ObjectNode read = log.next();
        row = log.rowNumber();
        JsonNode prompt = LogFields.value(read, fields.prompt());
        any |= !prompt.isMissingNode();
        if (prompt.isTextual() && !prompt.textValue().isBlank()) {
          rows.accept(
              new LoggedPrompt(id(read, file, row), day(read, file, row), prompt.textValue()));
        } else {
          empty++;
        }
      }
    } catch (DatasetException e) {
      throw e.kind() == Kind.BROKEN && e.getCause() != null
          ? unreadable(file, row)
          : withoutCause(e);
    }
    if (!any && row > 0) {
      throw new DatasetException(
          Kind.USAGE,
          "No row of " + file + " has the field " + fields.prompt() + ": name the prompt's field.");
    }
    return empty;
  }

  private static DatasetException withoutCause(DatasetException e) {
    return new DatasetException(e.kind(), e.getMessage());
  }

  private static DatasetException unreadable(Path file, long row) {
    return new DatasetException(
        Kind.BROKEN, file + " cannot be read behind row " + row + ": correct or remove that row.");
  }

  private String id(ObjectNode row, Path file, long number) {
    if (fields.id() == null) {
      return file.getFileName() + "\n" + number;
    }
    JsonNode id = LogFields.value(row, fields.id());
    if (!id.isValueNode() || id.isNull() || id.asText().isBlank()) {
      throw new DatasetException(
          Kind.BROKEN,
          "Row " + number + " of " + file + " has no " + fields.id() + ": name the id's field.");
    }
    return id.asText();
  }

  private LocalDate day(ObjectNode row, Path file, long number) {
    if (fields.time() == null) {
      return null;
    }
    try {
      return time(LogFields.value(row, fields.time())).atOffset(ZoneOffset.UTC).toLocalDate();
    } catch (DateTimeException | NumberFormatException e) {
      throw new DatasetException(
          Kind.BROKEN,
          "Row "
              + number
              + " of "
              + file
              + " has no time in "
              + fields.time()
              + ": write ISO 8601 with an offset, or seconds or milliseconds since 1970.");
    }
  }

  private static Instant time(JsonNode value) {
    String text = value.asText();
    if (text.matches("[0-9.]+")) {
      double number = Double.parseDouble(text);
      return Instant.ofEpochMilli((long) (number < MOST_SECONDS ? 1000 * number : number));
    }
    return OffsetDateTime.parse(text.replaceFirst("^([0-9-]{10}) ", "$1T")).toInstant();
  }
}
