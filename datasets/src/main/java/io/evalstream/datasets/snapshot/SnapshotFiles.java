package io.evalstream.datasets.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.evalstream.datasets.DatasetException;
import io.evalstream.datasets.DatasetException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The versions of the regression set in a directory: {@code regression-set/YYYYMMDD} with the rows,
 * which may leave the machine, and with the proof and the summary, which stay. A version is written
 * once and as a whole.
 */
public final class SnapshotFiles {

  public static final String NAME = "regression-set";

  private static final String ROWS = NAME + ".jsonl";
  private static final String PROOF = "proof.jsonl";
  private static final String SUMMARY = "summary.json";
  private static final Pattern VERSION = Pattern.compile("20[0-9]{6}");
  private static final JsonMapper JSON = new JsonMapper();

  private final Path directory;

  public SnapshotFiles(Path directory) {
    this.directory = directory.resolve(NAME);
  }

  /** Where a version's rows are. */
  public Path rows(String version) {
    return version(version).resolve(ROWS);
  }

  /**
   * Writes a version.
   *
   * @return false when it is there already, byte for byte
   * @throws DatasetException when it is there with other bytes, or cannot be written
   */
  public boolean write(String version, Snapshot snapshot) {
    Path target = version(version);
    Map<String, byte[]> files =
        new TreeMap<>(
            Map.of(
                ROWS, lines(snapshot.rows()),
                PROOF, lines(snapshot.proofs()),
                SUMMARY, lines(List.of(snapshot.summary()))));
    try {
      if (Files.exists(target)) {
        if (same(target, files)) {
          return false;
        }
        throw new DatasetException(
            Kind.USAGE,
            NAME
                + " "
                + version
                + " is there with other bytes, and a version is never changed: wait for the next"
                + " day, or use the log, the seed and the key it was made with.");
      }
      Path unfinished = Files.createDirectories(directory).resolve("." + version + ".unfinished");
      delete(unfinished);
      Files.createDirectory(unfinished);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path path = unfinished.resolve(file.getKey());
        OwnerOnly.create(path);
        Files.write(path, file.getValue());
      }
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (IOException e) {
      throw new DatasetException(
          Kind.BROKEN, target + " cannot be written: make room, or choose another directory.", e);
    }
  }

  /**
   * What was changed in a row of a version; empty when the version has no such row.
   *
   * @throws DatasetException when there is no such version
   */
  public Optional<Proof> proof(String version, String row) {
    Path file = version(version).resolve(PROOF);
    if (!Files.exists(file)) {
      throw new DatasetException(
          Kind.USAGE, "There is no proof " + file + ": make the version first, or name another.");
    }
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return lines.map(SnapshotFiles::proof).filter(proof -> proof.row().equals(row)).findFirst();
    } catch (IOException | UncheckedIOException e) {
      throw new DatasetException(
          Kind.BROKEN, "The proof " + file + " is damaged: make the version again.", e);
    }
  }

  private static Proof proof(String line) {
    try {
      return JSON.readValue(line, Proof.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path version(String version) {
    if (!VERSION.matcher(version).matches()) {
      throw new DatasetException(
          Kind.USAGE, "Version " + version + " is no day: write it as 20261124.");
    }
    return directory.resolve(version);
  }

  private static byte[] lines(List<?> rows) {
    StringBuilder lines = new StringBuilder();
    for (Object row : rows) {
      try {
        lines.append(JSON.writeValueAsString(row)).append('\n');
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("A row cannot be written as JSON.", e);
      }
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static boolean same(Path directory, Map<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      if (!Files.exists(path) || !Arrays.equals(Files.readAllBytes(path), file.getValue())) {
        return false;
      }
    }
    return true;
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
