package io.evalstream.datasets.format;

import io.evalstream.datasets.DatasetException;
import io.evalstream.datasets.DatasetException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The lines of a text file: strict UTF-8, an optional byte order mark, within limits. For one
 * thread.
 */
final class Lines implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;
  private final Limits limits;
  private final InputStream in;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int end;
  private long expanded;
  private long number;

  private Lines(Path file, Limits limits, InputStream in) {
    this.file = file;
    this.limits = limits;
    this.in = in;
  }

  static Lines open(Path file, Limits limits) {
    try {
      return new Lines(file, limits, Compression.of(file).open(file));
    } catch (IOException e) {
      throw unreadable(file, 1, e);
    }
  }

  /** Number of the line given last, from 1. */
  long number() {
    return number;
  }

  /** The next line with its end of line as it stands there; null behind the last one. */
  String next() {
    number++;
    try {
      ByteArrayOutputStream begun = null;
      while (fill()) {
        int start = position;
        while (position < end && buffer[position] != '\n') {
          position++;
        }
        boolean whole = position < end;
        if (whole) {
          position++;
        }
        int length = position - start;
        if ((begun == null ? 0L : begun.size()) + length > limits.lineBytes()) {
          throw tooLong();
        }
        if (whole && begun == null) {
          return decoded(buffer, start, length);
        }
        begun = begun == null ? new ByteArrayOutputStream(2 * length) : begun;
        begun.write(buffer, start, length);
        if (whole) {
          break;
        }
      }
      if (begun == null) {
        number--;
        return null;
      }
      byte[] line = begun.toByteArray();
      return decoded(line, 0, line.length);
    } catch (CharacterCodingException e) {
      throw new DatasetException(
          Kind.BROKEN,
          "Line " + number + " of " + file + " is not UTF-8: convert the file to UTF-8 first.",
          e);
    } catch (IOException e) {
      throw unreadable(file, number, e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new DatasetException(Kind.BROKEN, file + " cannot be closed: " + e.getMessage(), e);
    }
  }

  private boolean fill() throws IOException {
    if (position < end) {
      return true;
    }
    end = in.read(buffer);
    position = 0;
    expanded += Math.max(0, end);
    if (expanded > limits.expandedBytes()) {
      throw new DatasetException(
          Kind.BROKEN,
          file
              + " expands to more than "
              + limits.expandedBytes()
              + " bytes: raise the limit if you trust it.");
    }
    return end > 0;
  }

  private String decoded(byte[] bytes, int start, int length) throws CharacterCodingException {
    String line = decoder.decode(ByteBuffer.wrap(bytes, start, length)).toString();
    return number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
  }

  private DatasetException tooLong() {
    return new DatasetException(
        Kind.BROKEN,
        "Line "
            + number
            + " of "
            + file
            + " is longer than "
            + limits.lineBytes()
            + " bytes: break it up or raise the limit.");
  }

  private static DatasetException unreadable(Path file, long line, IOException e) {
    return new DatasetException(
        Kind.BROKEN,
        file
            + " cannot be read at line "
            + line
            + ", it is cut off or damaged ("
            + e.getMessage()
            + "): fetch it again.",
        e);
  }
}
