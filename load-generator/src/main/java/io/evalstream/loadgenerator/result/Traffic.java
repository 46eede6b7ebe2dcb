package io.evalstream.loadgenerator.result;

import io.evalstream.loadgenerator.plan.Arrivals;
import io.evalstream.loadgenerator.plan.RampUp;
import java.math.BigDecimal;

/**
 * How requests were let off, as the file and its name tell it.
 *
 * @param maxConcurrency most requests in flight; null for no limit
 */
public record Traffic(Arrivals arrivals, Integer maxConcurrency) {

  /** The beginning of a file's name, after its label. */
  String fileNamePart() {
    String concurrency = maxConcurrency == null ? "" : "-concurrency" + maxConcurrency;
    RampUp ramp = arrivals.rampUp();
    if (ramp == null) {
      return "-" + python(arrivals.requestRate()) + "qps" + concurrency;
    }
    return "-ramp-up-%s-%sqps-%sqps%s"
        .formatted(
            ramp.strategy().text(), plain(ramp.startRps()), plain(ramp.endRps()), concurrency);
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /** As Python prints it. */
  private static String python(double value) {
    return Double.isInfinite(value) ? "inf" : Double.toString(value);
  }
}
