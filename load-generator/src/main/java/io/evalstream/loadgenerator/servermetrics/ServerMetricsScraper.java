package io.evalstream.loadgenerator.servermetrics;

import io.evalstream.events.Topic;
import io.evalstream.loadgenerator.http.ConnectionPool;
import io.evalstream.loadgenerator.http.HttpRequest;
import io.evalstream.loadgenerator.http.Origin;
import io.evalstream.loadgenerator.http.Transport;
import io.evalstream.loadgenerator.measure.ExchangeContext;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the server how it is, publishes that and adds it up, on an event loop of its own, so that
 * load is not disturbed. What cannot be read is said once. {@link #start} and {@link #close} are
 * called once, by one thread.
 */
public final class ServerMetricsScraper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ServerMetricsScraper.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
  private static final long LAST_ANSWER_MS = 1000;

  private final ExchangeContext context;
  private final Source vllm;
  private final Source dcgm;
  private final Duration interval;
  private final MultiThreadIoEventLoopGroup group;
  private final EventLoop loop;
  private final ServerSummarizer summarizer = new ServerSummarizer();
  private final Map<String, String> problems = new ConcurrentHashMap<>();
  private PageReader vllmReader;
  private PageReader dcgmReader;
  private ScheduledFuture<?> asking;

  /** Where a page is, and how it is asked for. */
  public record Source(ConnectionPool.Target target, HttpRequest request, String path) {

    Origin origin() {
      return target.origin();
    }
  }

  /** A scraper; {@code dcgm} null for none. */
  public ServerMetricsScraper(
      ExchangeContext context, Source vllm, Source dcgm, Duration interval) {
    this.context = context;
    this.vllm = vllm;
    this.dcgm = dcgm;
    this.interval = interval;
    group = Transport.loops(1, "evalstream-server-metrics");
    loop = (EventLoop) group.next();
  }

  /** Asks, and goes on asking. */
  public void start() {
    loop.execute(
        () -> {
          vllmReader = reader(vllm);
          dcgmReader = dcgm == null ? null : reader(dcgm);
          look();
        });
    long nanos = interval.toNanos();
    asking = loop.scheduleAtFixedRate(this::look, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Sentences about what could not be read, each once. */
  public List<String> problems() {
    List<String> sentences = new ArrayList<>();
    problems.forEach(
        (url, why) -> sentences.add("There are no server metrics from " + url + ": " + why));
    return sentences;
  }

  /** What the server said; empty when it said nothing. */
  public Optional<ServerSummary> summary() {
    return summarizer.summary();
  }

  /** Asks a last time, for at most a second, and ends. */
  @Override
  public void close() {
    awaitLastAnswer();
    loop.execute(
        () -> {
          vllmReader.close();
          if (dcgmReader != null) {
            dcgmReader.close();
          }
        });
    group
        .shutdownGracefully(0, CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(CLOSE_LIMIT.toMillis());
  }

  /** So that the summary and the topic hold how the server was when the load had ended. */
  private void awaitLastAnswer() {
    CountDownLatch answered = new CountDownLatch(1);
    loop.execute(
        () -> {
          asking.cancel(false);
          vllmReader.whenIdle(
              () -> {
                if (vllmReader.latest() != null) {
                  look();
                }
                vllmReader.whenIdle(answered::countDown);
              });
        });
    try {
      boolean ignored = answered.await(LAST_ANSWER_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private PageReader reader(Source source) {
    String url = source.origin().url("") + source.path();
    return new PageReader(
        new ConnectionPool(loop, source.target()), source.request(), why -> problem(url, why));
  }

  private void look() {
    long atUs = context.clock().nowUs();
    if (dcgmReader != null) {
      dcgmReader.read(page -> {});
    }
    vllmReader.read(page -> publish(page, atUs));
  }

  private void publish(PrometheusText page, long atUs) {
    if (!ServerMetricsPages.isVllm(page)) {
      problem(vllm.origin().url("") + vllm.path(), "it does not hold vLLM's metrics");
      return;
    }
    String endpoint = vllm.origin().url("");
    PrometheusText gpus = dcgmReader == null ? null : dcgmReader.latest();
    summarizer.add(
        ServerMetricsPages.record(
            context.runId(), context.producerId(), 0, atUs, endpoint, page, gpus));
    context
        .publisher()
        .publish(
            Topic.SERVER_METRICS,
            endpoint,
            sequence ->
                ServerMetricsPages.record(
                    context.runId(), context.producerId(), sequence, atUs, endpoint, page, gpus));
  }

  private void problem(String url, String why) {
    if (problems.putIfAbsent(url, why) == null) {
      LOG.warn("event=server_metrics_missing url={} why={}", url, why);
    }
  }
}
