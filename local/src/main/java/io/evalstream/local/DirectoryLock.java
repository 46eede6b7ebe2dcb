package io.evalstream.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right to be the only one who uses a directory, among all threads and processes. It ends with
 * {@link #close} or with the process, however that ends.
 */
public final class DirectoryLock implements AutoCloseable {

  private static final String LOCK_FILE = "in-use";

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes a directory, creating it when missing, without waiting.
   *
   * @param service who wants it, as the message names it
   * @throws LocalStackException when somebody else has it, or it cannot be written
   */
  public static DirectoryLock take(Path directory, String service) {
    FileChannel channel = null;
    try {
      Files.createDirectories(directory);
      channel =
          FileChannel.open(
              directory.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel)) {
        return new DirectoryLock(channel);
      }
    } catch (IOException e) {
      close(channel);
      throw new LocalStackException(
          service
              + " cannot use the directory "
              + directory
              + " ("
              + e
              + "): make it writable or choose another.",
          e);
    }
    close(channel);
    throw new LocalStackException(
        service
            + " is already running in the directory "
            + directory
            + ": stop that one or choose another directory.");
  }

  @Override
  public void close() {
    close(channel);
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static void close(FileChannel channel) {
    if (channel == null) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw new LocalStackException("A directory could not be released: end the process.", e);
    }
  }
}
