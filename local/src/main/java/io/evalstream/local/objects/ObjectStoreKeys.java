package io.evalstream.local.objects;

import io.evalstream.local.LocalStackException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/**
 * The keys of a local object store: made once, kept in a file that only its owner reads, and told to
 * nobody by {@link #toString}.
 *
 * @param accessKey the name
 * @param secretKey the secret
 */
public record ObjectStoreKeys(String accessKey, String secretKey) {

  private static final String FILE = "keys.properties";
  private static final int ACCESS_BYTES = 8;
  private static final int SECRET_BYTES = 24;

  /**
   * The keys of a directory; new ones when it has none.
   *
   * @throws LocalStackException when they can be neither read nor written
   */
  public static ObjectStoreKeys in(Path directory) {
    Path file = directory.resolve(FILE);
    try {
      if (!Files.exists(file)) {
        write(file);
      }
      Properties kept = new Properties();
      try (Reader in = Files.newBufferedReader(file)) {
        kept.load(in);
      }
      String accessKey = kept.getProperty("access_key");
      String secretKey = kept.getProperty("secret_key");
      if (accessKey == null || secretKey == null) {
        throw new LocalStackException(file + " holds no keys: remove it.", null);
      }
      return new ObjectStoreKeys(accessKey, secretKey);
    } catch (IOException e) {
      throw new LocalStackException(
          file + " can be neither read nor written: make its directory writable.", e);
    }
  }

  private static void write(Path file) throws IOException {
    SecureRandom random = new SecureRandom();
    Properties made = new Properties();
    made.setProperty("access_key", hex(random, ACCESS_BYTES));
    made.setProperty("secret_key", hex(random, SECRET_BYTES));
    StringWriter text = new StringWriter();
    made.store(text, null);
    Path unfinished = file.resolveSibling(FILE + ".new");
    Files.deleteIfExists(unfinished);
    Files.createFile(unfinished, ownerOnly());
    Files.writeString(unfinished, text.toString());
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static String hex(SecureRandom random, int bytes) {
    byte[] value = new byte[bytes];
    random.nextBytes(value);
    return HexFormat.of().formatHex(value);
  }

  /** The name alone. */
  @Override
  public String toString() {
    return "ObjectStoreKeys[" + accessKey + "]";
  }
}
