package io.evalstream.local.stack;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file system of its own that can be full: tmpfs, where this process may mount one. */
final class SmallDisk implements AutoCloseable {

  private static final int MEGABYTES = 48;

  private final Path path;
  private final Path filling;

  private SmallDisk(Path path) {
    this.path = path;
    this.filling = path.resolve("filling");
  }

  /**
   * Mounts one.
   *
   * @return empty where that is not allowed
   */
  static Optional<SmallDisk> mount(Path at) throws IOException, InterruptedException {
    Files.createDirectories(at);
    String options = "size=" + MEGABYTES + "m";
    return run("mount", "-t", "tmpfs", "-o", options, "tmpfs", at.toString())
        ? Optional.of(new SmallDisk(at))
        : Optional.empty();
  }

  Path path() {
    return path;
  }

  /** Leaves no room. */
  void fill() throws IOException {
    byte[] page = new byte[4_096];
    try (OutputStream out = Files.newOutputStream(filling)) {
      for (long written = 0; written <= MEGABYTES * 1_048_576L; written += page.length) {
        out.write(page);
      }
    } catch (IOException e) {
      return; // no space left
    }
    throw new IOException(path + " has more room than it was given");
  }

  /** Gives the room back. */
  void free() throws IOException {
    Files.deleteIfExists(filling);
  }

  @Override
  public void close() {
    try {
      if (!run("umount", path.toString())) {
        throw new IllegalStateException(path + " could not be unmounted");
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean done = process.waitFor() == 0;
      if (!done) {
        System.err.println(said);
      }
      return done;
    } catch (IOException e) {
      System.err.println(e.getMessage()); // no such command here
      return false;
    }
  }
}
