package io.evalstream.loadgenerator.result;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes result files: a file is there as a whole or not at all. */
public final class ResultFile {

  private ResultFile() {}

  /**
   * Writes, over what was there or as a further line of it.
   *
   * @param append whether what was there stays
   * @throws UncheckedIOException with a sentence that names the file
   */
  public static void write(Path file, JsonNode result, boolean append) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      Files.createDirectories(folder);
      Path written = Files.createTempFile(folder, "." + file.getFileName(), ".part");
      try {
        String before =
            append && Files.exists(file) ? Files.readString(file).stripTrailing() + "\n" : "";
        Files.writeString(written, before + result + "\n", StandardCharsets.UTF_8);
        Files.move(
            written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(written);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The result cannot be written to %s (%s): name another place with --result-dir"
              .formatted(file, e.getMessage()),
          e);
    }
  }
}
