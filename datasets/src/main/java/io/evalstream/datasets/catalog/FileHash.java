package io.evalstream.datasets.catalog;

import io.evalstream.datasets.DatasetException;
import io.evalstream.datasets.DatasetException.Kind;
import io.evalstream.datasets.Sha256;
import io.evalstream.datasets.store.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * Bytes of a file and their SHA-256.
 *
 * @param size bytes
 * @param sha256 in lower-case hexadecimal
 */
public record FileHash(long size, String sha256) {

  private static final int BUFFER_BYTES = 1 << 20;

  /**
   * Reads a file once, in memory that does not grow with it.
   *
   * @throws DatasetException when it cannot be read
   */
  public static FileHash of(Path file, Progress progress) {
    if (!Files.isRegularFile(file)) {
      throw new DatasetException(Kind.USAGE, "There is no file " + file + ": name one that is.");
    }
    MessageDigest digest = Sha256.digest();
    try {
      long size = update(digest, file, Files.size(file), progress);
      return new FileHash(size, Sha256.hex(digest));
    } catch (IOException e) {
      throw new DatasetException(Kind.BROKEN, file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Adds a file's bytes and gives their count. */
  static long update(MessageDigest digest, Path file, long total, Progress progress)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    long done = 0;
    try (FileChannel channel = FileChannel.open(file)) {
      while (channel.read(buffer) >= 0) {
        buffer.flip();
        done += buffer.remaining();
        digest.update(buffer);
        buffer.clear();
        progress.at(done, total);
      }
    }
    return done;
  }
}
