package io.evalstream.cli.load;

import io.evalstream.cli.CliException;
import io.evalstream.cli.ExitCode;
import io.evalstream.loadgenerator.result.Goodput;
import io.evalstream.loadgenerator.result.ResultOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What to keep in a file. */
final class ResultFileOptions {

  @Option(
      names = "--percentile-metrics",
      paramLabel = "NAMES",
      defaultValue = "ttft,tpot,itl,e2el",
      description = "Whose figures the result file has (${DEFAULT-VALUE}).")
  private String percentileMetrics;

  @Option(
      names = "--metric-percentiles",
      paramLabel = "NUMBERS",
      defaultValue = "50,95,99",
      description = "Which percentiles are shown and kept (${DEFAULT-VALUE}).")
  private String metricPercentiles;

  @Option(
      names = "--goodput",
      arity = "1..*",
      paramLabel = "METRIC:MS",
      description = "Count requests within these limits of ttft, tpot, e2el as good.")
  private List<String> goodput = List.of();

  @Option(
      names = "--save-result",
      fallbackValue = "true",
      description = "Write a result file as vllm bench serve does.")
  private boolean save;

  @Option(
      names = "--save-detailed",
      fallbackValue = "true",
      description =
          "The same with every request; generated_texts stay empty, as answers are not kept.")
  private boolean detailed;

  @Option(
      names = "--append-result",
      fallbackValue = "true",
      description = "The same as a further line of the file.")
  private boolean append;

  @Option(
      names = "--result-dir",
      paramLabel = "DIR",
      description = "Where the result file goes; here when left out.")
  private Path directory;

  @Option(
      names = "--result-filename",
      paramLabel = "FILE",
      description = "Its name; made of label, rate, model and date when left out.")
  private String fileName;

  @Option(names = "--disable-tqdm", hidden = true, fallbackValue = "true")
  private boolean quiet;

  ResultOptions options(Map<String, String> metadata, String scenario) {
    Map<String, String> fields = new LinkedHashMap<>(metadata);
    if (scenario != null) {
      fields.putIfAbsent("scenario", scenario);
    }
    return ResultOptions.parse(percentileMetrics, metricPercentiles, goodput(), detailed, fields);
  }

  /** Whether how every request went must be known. */
  boolean needsDetails() {
    return detailed || !goodput.isEmpty();
  }

  /** What makes a request a good one; null when nobody says. */
  Goodput goodput() {
    return goodput.isEmpty() ? null : Goodput.parse(goodput);
  }

  boolean saves() {
    return save || detailed || append;
  }

  boolean appends() {
    return append;
  }

  /** Whether the line that shows progress is not wanted. */
  boolean quiet() {
    return quiet;
  }

  /** Makes sure that a file could be written, before a run is made for nothing. */
  void prepare() {
    if (!saves()) {
      return;
    }
    Path folder = folder();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.WRONG_USE, "--result-dir " + folder + " cannot be made: name another place.", e);
    }
    if (!Files.isWritable(folder)) {
      throw new CliException(
          ExitCode.WRONG_USE, "--result-dir " + folder + " cannot be written to.");
    }
  }

  /**
   * Where the file goes.
   *
   * @param made its name if none was given
   * @param suffix what tells it from others of its suite; empty for none
   */
  Path file(String made, String suffix) {
    if (fileName == null) {
      return folder().resolve(made);
    }
    int dot = fileName.endsWith(".json") ? fileName.length() - ".json".length() : fileName.length();
    return folder().resolve(fileName.substring(0, dot) + suffix + fileName.substring(dot));
  }

  private Path folder() {
    return directory == null ? Path.of("") : directory;
  }
}
