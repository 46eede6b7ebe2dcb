package io.evalstream.loadgenerator.result;

import io.evalstream.loadgenerator.measure.RequestDetail;
import java.util.Arrays;
import java.util.List;

/**
 * The most that happened at once, over the successful requests, as {@code calculate_metrics} of
 * vllm/benchmarks/serve.py counts it.
 *
 * @param outputTokensPerSecond most chunks in one second, counted from the first request
 * @param concurrentRequests most requests in flight; one that ends as another begins makes room
 */
record PeakLoad(double outputTokensPerSecond, int concurrentRequests) {

  private static final long US_PER_SECOND = 1_000_000;

  static PeakLoad of(List<RequestDetail> details) {
    List<RequestDetail> ok = details.stream().filter(RequestDetail::ok).toList();
    return ok.isEmpty() ? new PeakLoad(0, 0) : new PeakLoad(mostTokens(ok), mostRequests(ok));
  }

  private static double mostTokens(List<RequestDetail> requests) {
    long start = requests.stream().mapToLong(RequestDetail::sentUs).min().orElseThrow();
    long end =
        requests.stream().mapToLong(request -> request.sentUs() + request.e2elUs()).max().orElse(0);
    long[] seconds = new long[Math.toIntExact((end - start) / US_PER_SECOND) + 1];
    for (RequestDetail request : requests) {
      long at = request.sentUs() - start + request.ttftUs();
      seconds[(int) (at / US_PER_SECOND)]++;
      for (int gap : request.gapsUs()) {
        at += gap;
        seconds[(int) (at / US_PER_SECOND)]++;
      }
    }
    return Arrays.stream(seconds).max().orElse(0);
  }

  private static int mostRequests(List<RequestDetail> requests) {
    long[] starts = requests.stream().mapToLong(RequestDetail::sentUs).sorted().toArray();
    long[] ends =
        requests.stream()
            .mapToLong(request -> request.sentUs() + request.e2elUs())
            .sorted()
            .toArray();
    int most = 0;
    int ended = 0;
    for (int started = 0; started < starts.length; started++) {
      while (ends[ended] <= starts[started]) {
        ended++;
      }
      most = Math.max(most, started + 1 - ended);
    }
    return most;
  }
}
