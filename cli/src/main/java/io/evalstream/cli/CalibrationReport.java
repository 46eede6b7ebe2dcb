package io.evalstream.cli;

import io.evalstream.cli.terminal.Numbers;
import io.evalstream.cli.terminal.TextTable;
import io.evalstream.loadgenerator.Calibration;
import io.evalstream.loadgenerator.health.Trust;
import io.evalstream.loadgenerator.measure.LatencyDistribution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The generator's error, its server's lateness, and what is left for the generator. */
final class CalibrationReport {

  /**
   * A generator can be trusted when it moves the 99th percentile by no more than this part of the
   * truth: 0.5 ms of a gap of 10 ms.
   */
  private static final double TOLERANCE = 0.05;

  private static final double NANOS_PER_MS = 1e6;

  private final Calibration calibration;
  private final double ttftMs;
  private final double gapMs;

  /** A report on a server of these constant times. */
  CalibrationReport(Calibration calibration, Duration ttft, Duration gap) {
    this.calibration = calibration;
    this.ttftMs = ttft.toNanos() / NANOS_PER_MS;
    this.gapMs = gap.toNanos() / NANOS_PER_MS;
  }

  /** Whether the generator does not distort what it measures under this load. */
  boolean trusted() {
    return calibration.result().failed() == 0
        && calibration.result().completed() > 0
        && calibration.result().trust().trusted()
        && ownError(calibration.ttftError()).p99 <= TOLERANCE * ttftMs
        && ownError(calibration.gapError()).p99 <= TOLERANCE * gapMs;
  }

  List<String> lines(Messages messages) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        messages.get(
            "calibrate.truth",
            Numbers.decimal(ttftMs),
            Numbers.decimal(gapMs),
            Numbers.count(calibration.gapError().count())));
    TextTable table =
        new TextTable(messages.get("table.metric"), "p50", "p99", messages.get("table.max"));
    row(table, messages.get("calibrate.ttft"), error(calibration.ttftError()));
    row(table, messages.get("calibrate.gap"), error(calibration.gapError()));
    row(table, messages.get("calibrate.server"), server());
    row(table, messages.get("calibrate.own_ttft"), ownError(calibration.ttftError()));
    row(table, messages.get("calibrate.own_gap"), ownError(calibration.gapError()));
    lines.addAll(table.lines());
    lines.add(messages.get("calibrate.own"));
    lines.add("");
    lines.add(
        messages.get(
            trusted() ? "calibrate.trusted" : "calibrate.untrusted",
            Numbers.decimal(ownError(calibration.ttftError()).p99),
            Numbers.decimal(ownError(calibration.gapError()).p99),
            Numbers.decimal(TOLERANCE * ttftMs),
            Numbers.decimal(TOLERANCE * gapMs)));
    for (Trust.Reason reason : calibration.result().trust().reasons()) {
      lines.add("  " + reason.sentence());
    }
    calibration
        .result()
        .failures()
        .forEach((error, count) -> lines.add("  " + count + " × " + error));
    return lines;
  }

  /** In milliseconds. */
  private record Percentiles(double p50, double p99, double max) {

    /** What is left of each, percentile by percentile. */
    Percentiles less(Percentiles other) {
      return new Percentiles(
          Math.max(0, p50 - other.p50), Math.max(0, p99 - other.p99), Math.max(0, max - other.max));
    }
  }

  private static Percentiles error(LatencyDistribution error) {
    return new Percentiles(error.percentileMs(50), error.percentileMs(99), error.maxMs());
  }

  private Percentiles ownError(LatencyDistribution error) {
    return error(error).less(server());
  }

  private Percentiles server() {
    Calibration.ScheduleError late = calibration.server();
    return late == null
        ? new Percentiles(0, 0, 0)
        : new Percentiles(late.p50Us() / 1e3, late.p99Us() / 1e3, late.maxUs() / 1e3);
  }

  private static void row(TextTable table, String name, Percentiles values) {
    table.row(
        name,
        Numbers.decimal(values.p50),
        Numbers.decimal(values.p99),
        Numbers.decimal(values.max));
  }
}
