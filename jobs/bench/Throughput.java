package io.evalstream.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * How fast tokens went through.
 *
 * @param cpuSeconds of every process that took part
 */
record Throughput(long tokens, double seconds, double cpuSeconds) {

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** CPU seconds of this process so far. */
  static double cpuSecondsOfThisProcess() {
    return SYSTEM.getProcessCpuTime() / 1e9;
  }

  /** Several measurements as one that took their time and saw their tokens. */
  static Throughput together(List<Throughput> all) {
    return new Throughput(
        all.stream().mapToLong(Throughput::tokens).sum(),
        all.stream().mapToDouble(Throughput::seconds).sum(),
        all.stream().mapToDouble(Throughput::cpuSeconds).sum());
  }

  double millionTokensPerSecond() {
    return tokens / seconds / 1e6;
  }

  double cpuSecondsPerMillionTokens() {
    return cpuSeconds * 1e6 / tokens;
  }
}
