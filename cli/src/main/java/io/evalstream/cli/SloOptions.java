package io.evalstream.cli;

import io.evalstream.jobs.grade.SloFile;
import io.evalstream.statistics.grade.GradeRules;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What runs are graded by. */
final class SloOptions {

  @Option(
      names = "--slo",
      paramLabel = "FILE",
      description = "Bounds of the grades in YAML, per scenario; the program's own when left out.")
  private Path file;

  /**
   * The rules.
   *
   * @throws IllegalArgumentException naming the file and what is wrong with it
   */
  GradeRules rules() {
    return file == null ? SloFile.shipped() : SloFile.read(file);
  }
}
