package io.evalstream.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** One run of one client, with how late the server was meanwhile. */
record Measurement(
    String client, Figures figures, ClientProcess.Usage usage, SimulatedServer.Lateness lateness) {

  double cpuSecondsPerMillionTokens() {
    return usage.cpuSeconds() / (figures.tokens() / 1e6);
  }

  /** The median of a figure over repetitions; not a number if there is none. */
  static double median(List<Measurement> runs, ToDoubleFunction<Measurement> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
