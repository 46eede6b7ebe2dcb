package io.evalstream.datasets.snapshot;

import io.evalstream.datasets.DatasetException;
import io.evalstream.datasets.DatasetException.Kind;
import io.evalstream.datasets.snapshot.anonymize.Fingerprint;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;

/** The key of the keyed hashes. It stays on the machine that reads the log. */
public final class KeyFile {

  private KeyFile() {}

  /**
   * Reads the key, after writing a random one that only its owner can read when there is none.
   *
   * @throws DatasetException when it is too short, or cannot be read or written
   */
  public static Fingerprint open(Path file) {
    try {
      if (!Files.exists(file)) {
        create(file);
      }
      return new Fingerprint(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new DatasetException(
          Kind.BROKEN,
          "The key " + file + " cannot be read or written: give another file with --key-file.",
          e);
    } catch (IllegalArgumentException e) {
      throw new DatasetException(
          Kind.USAGE,
          "The key "
              + file
              + " is too short: it needs at least "
              + Fingerprint.KEY_BYTES
              + " random bytes.",
          e);
    }
  }

  private static void create(Path file) throws IOException {
    if (file.toAbsolutePath().getParent() != null) {
      Files.createDirectories(file.toAbsolutePath().getParent());
    }
    byte[] key = new byte[Fingerprint.KEY_BYTES];
    new SecureRandom().nextBytes(key);
    try {
      OwnerOnly.create(file);
      Files.write(file, key, StandardOpenOption.TRUNCATE_EXISTING);
    } catch (FileAlreadyExistsException e) {
      // another process was first: its key counts
    }
  }
}
