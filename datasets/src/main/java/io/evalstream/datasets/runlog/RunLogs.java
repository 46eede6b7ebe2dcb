package io.evalstream.datasets.runlog;

import io.evalstream.datasets.DatasetException;
import io.evalstream.datasets.DatasetException.Kind;
import io.evalstream.datasets.catalog.FileHash;
import io.evalstream.datasets.store.ObjectStore;
import io.evalstream.datasets.store.Progress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sends the logs in a folder, a file {@code RUN.jsonl} for each run, to the object store.
 *
 * <p>A log that has arrived has a file {@code RUN.jsonl.uploaded} beside it with its hash; one
 * without is sent at the next chance. So a crash at any point loses nothing and sends nothing
 * twice: a log that had arrived before the crash is recognised by its hash.
 */
public final class RunLogs {

  /** Where logs are kept. */
  public static final String BUCKET = "run-logs";

  /** Days for which nobody can take a log away. */
  public static final int KEEP_DAYS = 90;

  /** Days after which a log goes by itself. */
  public static final int EXPIRE_DAYS = 365;

  private static final String ENDING = ".jsonl";
  private static final String UPLOADED = ".uploaded";

  private RunLogs() {}

  /**
   * What became of one log.
   *
   * @param file the log
   * @param address where it is now
   */
  public record Uploaded(Path file, String address) {}

  /**
   * What became of all.
   *
   * @param logs those that arrived now
   * @param unprotected what the store cannot do to keep them, in words
   */
  public record Report(List<Uploaded> logs, List<String> unprotected) {}

  /**
   * The path of a run's log within the bucket.
   *
   * @param run its id
   */
  public static String path(String run) {
    return run + ENDING;
  }

  /**
   * Logs that have not arrived yet, by name. One that is locked is still written and not among
   * them.
   *
   * @throws DatasetException when the folder cannot be read
   */
  public static List<Path> waiting(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new DatasetException(
          Kind.USAGE,
          "There is no folder " + folder + ": name the one that bench --raw-log-dir wrote into.");
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ENDING))
          .filter(file -> !Files.exists(marker(file)))
          .filter(RunLogs::isOver)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new DatasetException(Kind.BROKEN, folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Sends logs.
   *
   * @param logs as {@link #waiting} gives them
   * @throws DatasetException at the first that cannot be sent; those before it are marked
   */
  public static Report upload(List<Path> logs, ObjectStore store, Progress progress) {
    List<Uploaded> uploaded = new ArrayList<>();
    if (logs.isEmpty()) {
      return new Report(uploaded, List.of());
    }
    List<String> unprotected = store.ensureLockedBucket(BUCKET, KEEP_DAYS, EXPIRE_DAYS);
    for (Path log : logs) {
      FileHash hash = FileHash.of(log, Progress.NONE);
      String path = log.getFileName().toString();
      store.put(BUCKET, path, log, hash.sha256(), progress);
      mark(log, hash.sha256());
      uploaded.add(new Uploaded(log, store.address(BUCKET, path)));
    }
    return new Report(uploaded, unprotected);
  }

  private static boolean isOver(Path log) {
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      throw new DatasetException(
          Kind.BROKEN, log + " cannot be locked (" + e.getMessage() + "): make it writable.", e);
    }
  }

  private static void mark(Path log, String sha256) {
    Path marker = marker(log);
    Path unfinished = marker.resolveSibling(marker.getFileName() + ".new");
    try {
      Files.writeString(unfinished, sha256 + "\n");
      Files.move(unfinished, marker, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new DatasetException(
          Kind.BROKEN, marker + " cannot be written: " + e.getMessage() + ".", e);
    }
  }

  private static Path marker(Path log) {
    return log.resolveSibling(log.getFileName() + UPLOADED);
  }
}
