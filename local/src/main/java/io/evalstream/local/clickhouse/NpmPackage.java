package io.evalstream.local.clickhouse;

import io.evalstream.local.LocalStackException;
import io.evalstream.local.SearchPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The npm package that holds the engine, at the exact version and digest of the lock file among
 * this module's resources. Where it comes from is npm's configuration.
 */
final class NpmPackage {

  private static final List<String> MANIFESTS = List.of("package.json", "package-lock.json");
  private static final String LIBRARY = "node_modules/@chdb/lib-linux-x64-gnu/libchdb.so";

  private final Path npm;

  /**
   * @param searchPath directories to look for npm in, as the PATH variable has them
   * @throws LocalStackException when none has npm
   */
  NpmPackage(String searchPath) {
    this.npm =
        SearchPath.find("npm", searchPath)
            .orElseThrow(
                () ->
                    new LocalStackException(
                        "npm is not on the PATH: install Node.js 18 or newer, or set "
                            + ClickHouseLibrary.VARIABLE
                            + " to a libchdb.so."));
  }

  /** The library inside a directory into which the package was installed. */
  static Path libraryIn(Path directory) {
    return directory.resolve(LIBRARY);
  }

  /**
   * Installs the package into an empty directory.
   *
   * @throws LocalStackException when npm fails, with the last line it wrote
   */
  void install(Path directory) throws IOException, InterruptedException {
    for (String manifest : MANIFESTS) {
      try (InputStream source = NpmPackage.class.getResourceAsStream(manifest)) {
        Files.copy(source, directory.resolve(manifest));
      }
    }
    Process process =
        new ProcessBuilder(
                npm.toString(),
                "ci",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--no-progress",
                "--no-update-notifier",
                "--loglevel=error")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    int status = process.waitFor();
    if (status != 0 || !Files.isRegularFile(libraryIn(directory))) {
      throw new LocalStackException(
          "npm could not install ClickHouse (status "
              + status
              + "): "
              + lastLine(output)
              + " (check the network and npm's registry setting, or set "
              + ClickHouseLibrary.VARIABLE
              + " to a libchdb.so).");
    }
  }

  private static String lastLine(String output) {
    // npm ends with where its own log is, which says nothing about the cause
    return output
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.contains("A complete log of this run"))
        .reduce((first, second) -> second)
        .orElse("it wrote nothing");
  }
}
