package io.evalstream.loadgenerator.servermetrics;

import io.evalstream.events.ServerMetrics;
import java.util.Optional;

/**
 * Adds up what one server said to one generator, in the order in which it was asked. Takes the same
 * memory however long it goes on. Safe for many threads.
 */
public final class ServerSummarizer {

  private static final double US_PER_SECOND = 1e6;
  private static final double US_PER_MS = 1e3;

  private final LevelSum running = new LevelSum();
  private final LevelSum waiting = new LevelSum();
  private final LevelSum kvCacheUsage = new LevelSum();
  private final LevelSum gpuUtilisation = new LevelSum();
  private final PowerSum power = new PowerSum();
  private final Growth queueTime = new Growth();
  private final Growth queued = new Growth();
  private final Growth prefillTime = new Growth();
  private final Growth prefilled = new Growth();
  private final Growth decodeTime = new Growth();
  private final Growth decoded = new Growth();
  private final Growth preemptions = new Growth();
  private final Growth accepted = new Growth();
  private final Growth drafted = new Growth();
  private String endpoint;
  private long samples;
  private long firstUs;
  private long lastUs;

  /** Adds the next answer. */
  public synchronized void add(ServerMetrics metrics) {
    if (samples == 0) {
      endpoint = metrics.endpoint();
      firstUs = metrics.atUs();
    }
    samples++;
    lastUs = metrics.atUs();
    running.add(metrics.running());
    waiting.add(metrics.waiting());
    kvCacheUsage.add(metrics.kvCacheUsage());
    gpuUtilisation.add(metrics.gpuUtilisation());
    power.add(metrics.atUs(), metrics.gpuPowerWatts());
    queueTime.add(metrics.queueTimeUs());
    queued.add(metrics.queueTimeCount());
    prefillTime.add(metrics.prefillTimeUs());
    prefilled.add(metrics.prefillTimeCount());
    decodeTime.add(metrics.decodeTimeUs());
    decoded.add(metrics.decodeTimeCount());
    preemptions.add(metrics.preemptionsTotal());
    accepted.add(metrics.specDecodeAcceptedTokens());
    drafted.add(metrics.specDecodeDraftTokens());
  }

  /** The sum so far; empty when the server has not answered. */
  public synchronized Optional<ServerSummary> summary() {
    if (samples == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new ServerSummary(
            endpoint,
            samples,
            (lastUs - firstUs) / US_PER_SECOND,
            running.level(),
            waiting.level(),
            kvCacheUsage.level(),
            ratio(queueTime, queued, US_PER_MS),
            ratio(prefillTime, prefilled, US_PER_MS),
            ratio(decodeTime, decoded, US_PER_MS),
            preemptions.known() ? preemptions.total : null,
            ratio(accepted, drafted, 1),
            gpuUtilisation.level(),
            power.power()));
  }

  private static Double ratio(Growth part, Growth whole, double unit) {
    return part.known() && whole.total > 0 ? part.total / unit / whole.total : null;
  }

  /** A value that goes up and down. */
  private static final class LevelSum {

    private long count;
    private double sum;
    private double max;

    void add(Number value) {
      if (value != null) {
        count++;
        sum += value.doubleValue();
        max = Math.max(max, value.doubleValue());
      }
    }

    ServerSummary.Level level() {
      return count == 0 ? null : new ServerSummary.Level(sum / count, max);
    }
  }

  /** How much a counter grew; one that fell began anew at 0, with its server. */
  private static final class Growth {

    private Long last;
    private int values;
    private long total;

    void add(Long value) {
      if (value == null) {
        return;
      }
      if (last != null) {
        total += value >= last ? value - last : value;
      }
      last = value;
      values++;
    }

    /** Whether there is a beginning and an end. */
    boolean known() {
      return values > 1;
    }
  }

  private static final class PowerSum {

    private Double lastWatts;
    private long lastUs;
    private double joules;
    private double seconds;

    void add(long atUs, Double watts) {
      if (watts == null) {
        lastWatts = null;
        return;
      }
      if (lastWatts != null && atUs > lastUs) {
        double since = (atUs - lastUs) / US_PER_SECOND;
        joules += since * (watts + lastWatts) / 2;
        seconds += since;
      }
      lastWatts = watts;
      lastUs = atUs;
    }

    ServerSummary.Power power() {
      return seconds == 0 ? null : new ServerSummary.Power(joules / seconds, seconds);
    }
  }
}
