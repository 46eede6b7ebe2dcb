package io.evalstream.local.clickhouse;

import io.evalstream.local.FileTrees;
import io.evalstream.local.LocalStackException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds libchdb.so, and installs it once per user when it is missing.
 *
 * <p>The variable {@value #VARIABLE} names a library to use as it is. Otherwise the library is in
 * {@code $XDG_CACHE_HOME/evalstream} or {@code ~/.cache/evalstream}. Several threads and processes
 * may ask at once: one installs, the others wait, and nobody sees half an installation.
 */
public final class ClickHouseLibrary {

  /** The environment variable that names a libchdb.so. */
  public static final String VARIABLE = "EVALSTREAM_CLICKHOUSE_LIBRARY";

  /** The version of the npm package that is installed. */
  public static final String VERSION = "26.7.3-stable.1";

  private static final Path GLIBC_LOADER = Path.of("/lib64/ld-linux-x86-64.so.2");

  private final Map<String, String> environment;
  private final String platform;
  private final Path home;

  ClickHouseLibrary(Map<String, String> environment, String platform, Path home) {
    this.environment = environment;
    this.platform = platform;
    this.home = home;
  }

  /** The library of this process's user. */
  public static ClickHouseLibrary ofThisUser() {
    String libc = Files.exists(GLIBC_LOADER) ? "glibc" : "no glibc";
    String platform =
        System.getProperty("os.name") + " " + System.getProperty("os.arch") + " " + libc;
    return new ClickHouseLibrary(
        System.getenv(), platform, Path.of(System.getProperty("user.home")));
  }

  /**
   * Returns the library if it is there already.
   *
   * @throws LocalStackException when it cannot be there: another platform, a wrong variable
   */
  public Optional<Path> find() {
    String named = environment.getOrDefault(VARIABLE, "");
    if (!named.isEmpty()) {
      return Optional.of(requireFile(Path.of(named)));
    }
    requirePlatform();
    return Optional.of(NpmPackage.libraryIn(installation())).filter(Files::isRegularFile);
  }

  /**
   * Returns the library, installing it when necessary.
   *
   * @param progress told, in one line, before anything that takes long
   * @throws LocalStackException when there is no library and none can be installed
   */
  public Path locate(Consumer<String> progress) {
    Optional<Path> found = find();
    if (found.isPresent()) {
      return found.get();
    }
    Path target = installation();
    Path library = NpmPackage.libraryIn(target);
    install(target, library, progress);
    return library;
  }

  private Path installation() {
    return cacheDirectory().resolve("clickhouse-" + VERSION);
  }

  private static Path requireFile(Path library) {
    if (!Files.isRegularFile(library)) {
      throw new LocalStackException(
          VARIABLE + " names " + library + ", which is not a file: correct it or unset it.");
    }
    return library.toAbsolutePath();
  }

  private void requirePlatform() {
    if (!platform.toLowerCase(Locale.ROOT).equals("linux amd64 glibc")) {
      throw new LocalStackException(
          "The embedded ClickHouse runs on Linux x86-64 with glibc only, and this is "
              + platform
              + ": give the address of a ClickHouse server instead.");
    }
  }

  private Path cacheDirectory() {
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    return (cache.isEmpty() ? home.resolve(".cache") : Path.of(cache)).resolve("evalstream");
  }

  private void install(Path target, Path library, Consumer<String> progress) {
    NpmPackage npm = new NpmPackage(environment.getOrDefault("PATH", ""));
    // a file lock is held by the process, so threads of one process need a lock of their own
    synchronized (ClickHouseLibrary.class) {
      try {
        Files.createDirectories(target.getParent());
        Path lockFile = target.resolveSibling(target.getFileName() + ".lock");
        try (FileChannel channel =
                FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = lock(channel, progress)) {
          if (lock.isValid() && !Files.isRegularFile(library)) {
            progress.accept("Installing ClickHouse " + VERSION + " (once, 550 MB on disk)");
            installLocked(npm, target);
          }
        }
      } catch (IOException e) {
        throw new LocalStackException(
            "ClickHouse cannot be installed into "
                + target
                + " ("
                + e
                + "): make the directory writable or set XDG_CACHE_HOME to another.",
            e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LocalStackException("Installing ClickHouse was interrupted: start it again.", e);
      }
    }
  }

  private static FileLock lock(FileChannel channel, Consumer<String> progress) throws IOException {
    FileLock lock = channel.tryLock();
    if (lock != null) {
      return lock;
    }
    progress.accept("Waiting for another process to install ClickHouse");
    return channel.lock();
  }

  private static void installLocked(NpmPackage npm, Path target)
      throws IOException, InterruptedException {
    Path partial = target.resolveSibling(target.getFileName() + ".partial");
    FileTrees.delete(partial);
    Files.createDirectory(partial);
    npm.install(partial);
    FileTrees.delete(target);
    Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
  }
}
