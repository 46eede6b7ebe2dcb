package io.evalstream.datasets.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evalstream.datasets.DatasetException;
import io.evalstream.datasets.DatasetException.Kind;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes rows as JSON lines. They are under their final name only after {@link #finish}; closed
 * without it, nothing is left. For one thread.
 */
public final class JsonlWriter implements AutoCloseable {

  private final Path file;
  private final Path unfinished;
  private final Writer out;
  private boolean finished;

  private JsonlWriter(Path file, Path unfinished, Writer out) {
    this.file = file;
    this.unfinished = unfinished;
    this.out = out;
  }

  /**
   * Begins a file; one of that name is replaced at the end.
   *
   * @throws DatasetException when it cannot be written
   */
  public static JsonlWriter create(Path file) {
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try {
      return new JsonlWriter(file, unfinished, Files.newBufferedWriter(unfinished));
    } catch (IOException e) {
      throw notWritten(file, e);
    }
  }

  /** Adds a row. */
  public void write(ObjectNode row) {
    try {
      out.write(Json.MAPPER.writeValueAsString(row));
      out.write('\n');
    } catch (IOException e) {
      throw notWritten(file, e);
    }
  }

  /** Gives the file its name. */
  public void finish() {
    try {
      out.close();
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      finished = true;
    } catch (IOException e) {
      throw notWritten(file, e);
    }
  }

  @Override
  public void close() {
    if (finished) {
      return;
    }
    try {
      out.close();
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      throw notWritten(file, e);
    }
  }

  private static DatasetException notWritten(Path file, IOException e) {
    return new DatasetException(
        Kind.BROKEN, file + " cannot be written (" + e.getMessage() + "): make room for it.", e);
  }
}
