package io.evalstream.local.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the checkpoints and savepoints that jobs left on disk. */
public final class RetainedCheckpoints {

  private static final String METADATA = "_metadata";

  /** directory / job id / chk-N / _metadata. */
  private static final int DEPTH = 3;

  private RetainedCheckpoints() {}

  /**
   * Returns the newest completed checkpoint or savepoint at most two levels below a directory: the
   * directory that holds its metadata. A checkpoint being written has no metadata and does not
   * count.
   *
   * @throws UncheckedIOException when the directory cannot be read
   */
  public static Optional<Path> latest(Path directory) {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (Stream<Path> files =
        Files.find(
            directory,
            DEPTH,
            (path, attributes) -> path.getFileName().toString().equals(METADATA))) {
      List<Completed> completed =
          files.map(RetainedCheckpoints::read).filter(Objects::nonNull).toList();
      return completed.stream().max(Comparator.naturalOrder()).map(Completed::directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns null when a running job has just replaced the checkpoint by a newer one. */
  private static Completed read(Path metadata) {
    try {
      return new Completed(metadata.getParent(), Files.getLastModifiedTime(metadata));
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Completed(Path directory, FileTime at) implements Comparable<Completed> {

    private static final Comparator<Completed> ORDER =
        Comparator.comparing(Completed::at).thenComparingLong(Completed::number);

    @Override
    public int compareTo(Completed other) {
      return ORDER.compare(this, other);
    }

    private long number() {
      String digits = directory.getFileName().toString().replaceAll("\\D", "");
      return digits.isEmpty() || digits.length() > 18 ? 0 : Long.parseLong(digits);
    }
  }
}
