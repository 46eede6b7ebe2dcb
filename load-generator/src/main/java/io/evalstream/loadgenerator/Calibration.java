package io.evalstream.loadgenerator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evalstream.loadgenerator.LoadException.Kind;
import io.evalstream.loadgenerator.http.HttpRequest;
import io.evalstream.loadgenerator.http.Transport;
import io.evalstream.loadgenerator.measure.LatencyDistribution;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How wrong the generator is on this machine, found by a server whose times are known: a simulator
 * with a constant time to first token and a constant time between tokens, one token to a chunk. The
 * error holds the server's own lateness, which the simulator tells ({@code /schedule_error}), the
 * network's, and the generator's.
 *
 * @param result the run
 * @param ttftError distance of each time to first token from the truth
 * @param gapError distance of each gap between chunks from the truth
 * @param ttftBiasMs median of the time to first token, less the truth
 * @param gapBiasMs mean of the gaps, less the truth
 * @param server how late the server was by its own account; null when it does not tell
 */
public record Calibration(
    LoadResult result,
    LatencyDistribution ttftError,
    LatencyDistribution gapError,
    double ttftBiasMs,
    double gapBiasMs,
    ScheduleError server) {

  private static final String PATH = "/schedule_error";
  private static final double NANOS_PER_MS = 1e6;
  private static final long CLOSE_SECONDS = 5;

  /**
   * How late a server's chunks were, by its own account and since it started, in microseconds.
   *
   * @param heldBack chunks that waited for a reader and are left out
   */
  public record ScheduleError(
      long count, double p50Us, double p99Us, double maxUs, long heldBack) {}

  /**
   * What the server does.
   *
   * @param ttft its constant time to first token
   * @param gap its constant time between tokens
   */
  public record Truth(Duration ttft, Duration gap) {}

  /**
   * Runs a load, without publishing, and holds it against the truth.
   *
   * @throws LoadException when the run cannot begin
   */
  public static Calibration run(
      LoadGenerator generator, LoadConfig config, Truth truth, ProgressListener listener) {
    if (config.kafka() != null) {
      throw new LoadException(
          Kind.USAGE, "A calibration publishes nothing: leave the address of Kafka out");
    }
    LoadResult result = generator.run(config, listener);
    return of(result, truth, scheduleError(config));
  }

  static Calibration of(LoadResult result, Truth truth, ScheduleError server) {
    double ttftMs = truth.ttft().toNanos() / NANOS_PER_MS;
    double gapMs = truth.gap().toNanos() / NANOS_PER_MS;
    LatencyDistribution ttft = result.metrics().ttft();
    LatencyDistribution gaps = result.metrics().itl();
    return new Calibration(
        result,
        ttft.distanceFrom(ttftMs),
        gaps.distanceFrom(gapMs),
        ttft.count() == 0 ? 0 : ttft.medianMs() - ttftMs,
        gaps.count() == 0 ? 0 : gaps.meanMs() - gapMs,
        server);
  }

  private static ScheduleError scheduleError(LoadConfig config) {
    MultiThreadIoEventLoopGroup group = Transport.loops(1, "evalstream-probe");
    try {
      HttpRequest request = LoadGenerator.requests(config).get(PATH);
      Probe.Answer answer =
          Probe.get(
              (EventLoop) group.next(),
              LoadGenerator.target(config),
              request,
              config.endpoint().origin().url(PATH));
      return answer.status() == 200 ? read(answer.body()) : null;
    } finally {
      group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  private static ScheduleError read(byte[] body) {
    try {
      JsonNode node = new ObjectMapper().readTree(body);
      return node.path("p99_us").isNumber()
          ? new ScheduleError(
              node.path("count").asLong(),
              node.path("p50_us").asDouble(),
              node.path("p99_us").asDouble(),
              node.path("max_us").asDouble(),
              node.path("held_back").asLong())
          : null;
    } catch (IOException e) {
      return null;
    }
  }
}
