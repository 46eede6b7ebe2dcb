package io.evalstream.datasets;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Real data beside the repository; a test that needs it is skipped, by name, where it is absent.
 */
public final class RealData {

  private RealData() {}

  public static Path file(String name) {
    Path file = Path.of(System.getProperty("evalstream.root"), "..", "shared", "data", name);
    assumeTrue(Files.exists(file), () -> "skipped: " + name + " is not in ../shared/data");
    return file.normalize();
  }
}
