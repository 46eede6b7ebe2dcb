package io.evalstream.datasets.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evalstream.datasets.DatasetException;
import io.evalstream.datasets.DatasetException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The rows of a dataset's file in their order, read as they are asked for. Values keep the types of
 * the format: a JSON null stays one, a value of CSV is a text. For one thread.
 *
 * <p>{@link #hasNext} and {@link #next} throw {@link DatasetException} when the file is cut off,
 * damaged, not UTF-8 or beyond a limit; the sentence names the file and the line or row.
 */
public final class Rows implements Iterator<ObjectNode>, AutoCloseable {

  private final Path file;
  private final Limits limits;
  private final RowSource source;
  private ObjectNode ahead;
  private boolean ended;
  private long number;

  private Rows(Path file, Limits limits, RowSource source) {
    this.file = file;
    this.limits = limits;
    this.source = source;
  }

  /**
   * Opens a file whose name tells its format, and whose first row names the columns if it is CSV.
   *
   * @throws DatasetException when it is not there or not readable, or its name tells no format
   */
  public static Rows open(Path file, Limits limits) {
    return open(file, DatasetFormat.ofFile(file), List.of(), limits);
  }

  /**
   * Opens a file.
   *
   * @param columns names for the columns of CSV without a header; empty for every other file
   * @throws DatasetException when it is not there or not readable
   */
  public static Rows open(Path file, DatasetFormat format, List<String> columns, Limits limits) {
    if (!Files.isRegularFile(file)) {
      throw new DatasetException(Kind.USAGE, "There is no file " + file + ": name one that is.");
    }
    if (!columns.isEmpty() && format != DatasetFormat.CSV) {
      throw new DatasetException(
          Kind.USAGE, "Columns are named for " + file + ", but only CSV takes their names.");
    }
    try {
      long bytes = Files.size(file);
      if (bytes > limits.fileBytes()) {
        throw new DatasetException(
            Kind.BROKEN,
            file
                + " has "
                + bytes
                + " bytes, more than "
                + limits.fileBytes()
                + ": raise the limit if you trust it.");
      }
      return new Rows(
          file,
          limits,
          switch (format) {
            case JSONL -> new JsonlRows(Lines.open(file, limits));
            case JSON -> new JsonRows(Lines.open(file, limits));
            case CSV ->
                new CsvRows(
                    Lines.open(file, limits),
                    Compression.nameWithin(file).endsWith(".tsv"),
                    List.copyOf(columns));
            case PARQUET -> new ParquetRows(file, limits);
          });
    } catch (DatasetException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw notThat(file, format, e);
    }
  }

  /** Number of the row given last, from 1; 0 before the first. */
  public long rowNumber() {
    return ahead == null ? number : number - 1;
  }

  @Override
  public boolean hasNext() {
    if (ahead == null && !ended) {
      ahead = read();
      ended = ahead == null;
    }
    return ahead != null;
  }

  @Override
  public ObjectNode next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ObjectNode row = ahead;
    ahead = null;
    return row;
  }

  @Override
  public void close() {
    try {
      source.close();
    } catch (IOException e) {
      throw new DatasetException(Kind.BROKEN, file + " cannot be closed: " + e.getMessage(), e);
    }
  }

  private ObjectNode read() {
    ObjectNode row;
    try {
      row = source.next();
    } catch (DatasetException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new DatasetException(
          Kind.BROKEN,
          file + " cannot be read behind row " + number + ", " + e.getMessage() + ": correct it.",
          e);
    }
    if (row != null && ++number > limits.rows()) {
      throw new DatasetException(
          Kind.BROKEN,
          file + " has more than " + limits.rows() + " rows: raise the limit if you trust it.");
    }
    return row;
  }

  private static DatasetException notThat(Path file, DatasetFormat format, Exception e) {
    return new DatasetException(
        Kind.BROKEN,
        file
            + " cannot be read as "
            + format.text()
            + ", it is cut off, damaged or of another format ("
            + e.getMessage()
            + "): fetch it again.",
        e);
  }
}
