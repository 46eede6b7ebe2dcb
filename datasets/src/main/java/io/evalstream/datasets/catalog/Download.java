package io.evalstream.datasets.catalog;

import io.evalstream.datasets.DatasetException;
import io.evalstream.datasets.DatasetException.Kind;
import io.evalstream.datasets.Sha256;
import io.evalstream.datasets.format.Limits;
import io.evalstream.datasets.manifest.Manifest;
import io.evalstream.datasets.store.ObjectStore;
import io.evalstream.datasets.store.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * Fetches one file. What has arrived is beside the final name and is gone on with; the final name
 * is given only to bytes with the right hash.
 */
final class Download {

  private static final int BUFFER_BYTES = 1 << 18;

  private final Manifest manifest;
  private final Path file;
  private final Limits limits;

  Download(Manifest manifest, Path file, Limits limits) {
    this.manifest = manifest;
    this.file = file;
    this.limits = limits;
  }

  Path run(ObjectStore store, Progress progress) {
    Manifest.Storage storage = manifest.spec().storage();
    long size = manifest.spec().size();
    if (size > limits.fileBytes()) {
      throw new DatasetException(
          Kind.BROKEN,
          manifest.id()
              + " has "
              + size
              + " bytes, more than "
              + limits.fileBytes()
              + ": raise the limit if you trust it.");
    }
    String address = store.address(storage.bucket(), storage.path());
    ObjectStore.Stored stored =
        store
            .find(storage.bucket(), storage.path())
            .orElseThrow(
                () ->
                    new DatasetException(
                        Kind.INCOMPLETE,
                        "There is no object " + address + ": whoever has the data must push it."));
    if (stored.size() != size) {
      throw new DatasetException(
          Kind.BROKEN,
          "Object "
              + address
              + " has "
              + stored.size()
              + " bytes where "
              + manifest.id()
              + " has "
              + size
              + ": it is not what the manifest means.");
    }
    Path partial = Cache.partial(file);
    try {
      Files.createDirectories(file.getParent());
      String sha256 = fetch(store, stored, partial, progress);
      if (!sha256.equals(manifest.spec().checksum().sha256())) {
        Files.delete(partial);
        throw new DatasetException(
            Kind.BROKEN,
            "What came from "
                + address
                + " does not have the hash of "
                + manifest.id()
                + " and was thrown away: repeat it, and if it stays so the object is damaged.");
      }
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
      return file;
    } catch (IOException e) {
      throw new DatasetException(
          Kind.BROKEN,
          "The connection to "
              + address
              + " was lost or "
              + partial
              + " cannot be written ("
              + e.getMessage()
              + "): repeat it, what has arrived is kept.",
          e);
    }
  }

  private String fetch(
      ObjectStore store, ObjectStore.Stored stored, Path partial, Progress progress)
      throws IOException {
    MessageDigest digest = Sha256.digest();
    long size = stored.size();
    long have = Files.exists(partial) ? Files.size(partial) : 0;
    if (have > size) {
      Files.delete(partial);
      have = 0;
    }
    if (have > 0) {
      FileHash.update(digest, partial, size, progress);
    }
    if (have == size && size > 0) {
      return Sha256.hex(digest);
    }
    Manifest.Storage storage = manifest.spec().storage();
    try (FileChannel out =
            FileChannel.open(
                partial,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
        InputStream in = store.read(storage.bucket(), storage.path(), stored.etag(), have)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(ByteBuffer.wrap(buffer, 0, count));
        digest.update(buffer, 0, count);
        have += count;
        progress.at(have, size);
        if (have > size) {
          throw new IOException("more bytes than the store has announced");
        }
      }
      out.force(true);
    }
    if (have < size) {
      throw new IOException("it ended after " + have + " of " + size + " bytes");
    }
    return Sha256.hex(digest);
  }
}
