package io.evalstream.local;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Finds programs. */
public final class SearchPath {

  private SearchPath() {}

  /** The program that this process's {@code PATH} leads to. */
  public static Optional<Path> find(String program) {
    return find(program, System.getenv().getOrDefault("PATH", ""));
  }

  /**
   * The first program of that name.
   *
   * @param searchPath directories to look in, as the {@code PATH} variable has them
   */
  public static Optional<Path> find(String program, String searchPath) {
    return Arrays.stream(searchPath.split(File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).resolve(program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
