package io.evalstream.loadgenerator;

import io.evalstream.events.Arm;
import io.evalstream.events.ProducerState;
import io.evalstream.loadgenerator.LoadException.Kind;
import io.evalstream.loadgenerator.http.ConnectionPool;
import io.evalstream.loadgenerator.http.HttpRequest;
import io.evalstream.loadgenerator.http.Origin;
import io.evalstream.loadgenerator.http.Proxy;
import io.evalstream.loadgenerator.http.TlsContexts;
import io.evalstream.loadgenerator.http.Transport;
import io.evalstream.loadgenerator.measure.RunClock;
import io.evalstream.loadgenerator.plan.PlanException;
import io.evalstream.loadgenerator.plan.PlannedRequest;
import io.evalstream.loadgenerator.publish.EventPublisher;
import io.evalstream.loadgenerator.publish.KafkaConfig;
import io.evalstream.loadgenerator.publish.KafkaConnection;
import io.evalstream.loadgenerator.publish.LoggedPublisher;
import io.evalstream.loadgenerator.publish.PublishException;
import io.evalstream.loadgenerator.publish.RawLog;
import io.evalstream.loadgenerator.publish.RawLogOptions;
import io.evalstream.loadgenerator.servermetrics.ServerMetricsOptions;
import io.evalstream.loadgenerator.servermetrics.ServerMetricsScraper;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Runs one load test. {@link #run} is called once, and blocks; {@link #abort} may come from any
 * thread at any time.
 */
public final class LoadGenerator {

  private static final int EVENT_LOOPS =
      Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() / 2));
  private static final Duration ANNOUNCE_LIMIT = Duration.ofSeconds(10);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private static final Duration ABORT_GRACE = Duration.ofSeconds(5);

  private final Function<KafkaConfig, EventPublisher> publishers;
  private final Duration abortGrace;
  private LoadRun running;
  private boolean aborted;

  /** A generator that publishes to Kafka if it is told to. */
  public LoadGenerator() {
    this(KafkaConnection::open, ABORT_GRACE);
  }

  LoadGenerator(Function<KafkaConfig, EventPublisher> publishers, Duration abortGrace) {
    this.publishers = publishers;
    this.abortGrace = abortGrace;
  }

  /**
   * Stops the run: nothing more is sent, what is in flight has five seconds to end, the rest ends
   * as incomplete, and the result is {@code ABORTED}.
   */
  public synchronized void abort() {
    aborted = true;
    if (running != null) {
      running.abort();
    }
  }

  /**
   * Makes sure that everything is in order, sends the load, and returns when every request has
   * ended and every record is published or given up.
   *
   * @throws LoadException before the first request, when something is not in order
   */
  public LoadResult run(LoadConfig config, ProgressListener listener) {
    List<PlannedRequest> plan = plan(config);
    MultiThreadIoEventLoopGroup group = Transport.loops(EVENT_LOOPS, "evalstream-loop");
    try {
      List<EventLoop> loops = new ArrayList<>();
      group.forEach(loop -> loops.add((EventLoop) loop));
      Set<String> modules = modules(plan);
      List<Server> servers = new ArrayList<>();
      servers.add(server(config, config.against() == null ? null : Arm.A, modules, loops.get(0)));
      if (config.against() != null) {
        servers.add(server(config.other(), Arm.B, modules, loops.get(0)));
      }
      EventPublisher publisher = publisher(config);
      String runId = runId(config);
      try (RawLog log = rawLog(config, runId)) {
        RunSetup setup =
            new RunSetup(
                config,
                runId,
                Identities.producer(),
                servers,
                config.shard().of(plan),
                plan.size(),
                serverMetrics(config, servers.get(0).target(), servers.get(0).requests()),
                loops,
                RunClock.start(),
                log == null ? publisher : new LoggedPublisher(publisher, log));
        LoadResult result = run(setup, listener);
        return log == null ? result : closed(log, result);
      } finally {
        publisher.close(CLOSE_LIMIT);
      }
    } finally {
      group
          .shutdownGracefully(0, CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
          .awaitUninterruptibly(CLOSE_LIMIT.toMillis());
    }
  }

  private static Server server(LoadConfig config, Arm arm, Set<String> modules, EventLoop loop) {
    HttpRequest.Factory requests = requests(config);
    ConnectionPool.Target target = target(config);
    String model = new Preflight(config.endpoint()).model(loop, target, requests, modules);
    return new Server(arm, config.endpoint(), model, requests, target);
  }

  /** Models that requests ask for by their own. */
  private static Set<String> modules(List<PlannedRequest> plan) {
    return plan.stream()
        .map(PlannedRequest::model)
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private LoadResult run(RunSetup setup, ProgressListener listener) {
    warmUp(setup);
    RunJournal journal = journal(setup);
    if (setup.config().shard().index() == 0) {
      journal.plan(setup);
    }
    journal.started();
    if (!setup.publisher().flush(ANNOUNCE_LIMIT) || setup.publisher().dropped() > 0) {
      throw new LoadException(
          Kind.BROKEN,
          "Kafka at %s does not take the run's plan: look at its log"
              .formatted(setup.config().kafka().bootstrapServers()));
    }
    return execute(new LoadRun(setup, journal, listener, abortGrace, startNanos(setup)));
  }

  private void warmUp(RunSetup setup) {
    int count = setup.config().options().numWarmups();
    if (count == 0) {
      return;
    }
    RunSetup warmup = setup.warmup(count);
    RunJournal nowhere = journal(warmup);
    LoadResult result =
        execute(
            new LoadRun(warmup, nowhere, ProgressListener.SILENT, abortGrace, System.nanoTime()));
    if (result.completed() == 0 && result.status() != ProducerState.Status.ABORTED) {
      throw new LoadException(
          Kind.BROKEN,
          "None of the %d warm-up requests was answered (%s): check the flags and the server's log"
              .formatted(count, String.join("; ", result.failures().keySet())));
    }
  }

  private static RunJournal journal(RunSetup setup) {
    return new RunJournal(
        setup.runId(),
        setup.producerId(),
        setup.clock(),
        setup.config().shard().index(),
        setup.publisher());
  }

  private LoadResult execute(LoadRun run) {
    synchronized (this) {
      running = run;
      if (aborted) {
        run.abort();
      }
    }
    return run.execute();
  }

  /** When the first request is due, in the measure of {@link System#nanoTime}. */
  private static long startNanos(RunSetup setup) {
    Instant startAt = setup.config().shard().startAt();
    if (startAt == null) {
      return System.nanoTime();
    }
    long start = setup.clock().nanos(startAt);
    if (start - System.nanoTime() < 0) {
      throw new LoadException(
          Kind.USAGE,
          "The common start %s has passed: give all processes one that leaves each the time to get"
                  .formatted(startAt)
              + " ready");
    }
    return start;
  }

  private static List<PlannedRequest> plan(LoadConfig config) {
    try {
      return config.workload().plan(config.run().seed());
    } catch (PlanException e) {
      throw new LoadException(Kind.USAGE, e.getMessage(), e);
    }
  }

  static HttpRequest.Factory requests(LoadConfig config) {
    Endpoint endpoint = config.endpoint();
    try {
      return new HttpRequest.Factory(endpoint.origin(), endpoint.apiKey(), config.network());
    } catch (IllegalArgumentException e) {
      throw new LoadException(Kind.USAGE, e.getMessage(), e);
    }
  }

  static ConnectionPool.Target target(LoadConfig config) {
    return target(config, config.endpoint().origin(), config.network().proxy());
  }

  private static ConnectionPool.Target target(LoadConfig config, Origin origin, Proxy proxy) {
    String host = proxy == null ? origin.host() : proxy.host();
    int port = proxy == null ? origin.port() : proxy.port();
    try {
      SslContext tls = origin.tls() ? TlsContexts.client(config.network().tls()) : null;
      return new ConnectionPool.Target(
          origin,
          new InetSocketAddress(InetAddress.getByName(host), port),
          tls,
          config.timeouts().connect(),
          proxy);
    } catch (UnknownHostException e) {
      throw new LoadException(
          Kind.USAGE,
          "There is no host named "
              + host
              + ": check "
              + (proxy == null ? "the address " + origin.url("") : "the proxy's URL"),
          e);
    } catch (IllegalArgumentException e) {
      throw new LoadException(Kind.USAGE, e.getMessage(), e);
    }
  }

  /** Where the server tells how it is; empty when nobody asks. */
  private static List<ServerMetricsScraper.Source> serverMetrics(
      LoadConfig config, ConnectionPool.Target target, HttpRequest.Factory requests) {
    ServerMetricsOptions options = config.serverMetrics();
    if (!options.enabled()) {
      return List.of();
    }
    List<ServerMetricsScraper.Source> sources = new ArrayList<>();
    sources.add(
        options.vllm() == null
            ? new ServerMetricsScraper.Source(target, requests.get("/metrics"), "/metrics")
            : source(config, options.vllm()));
    if (options.dcgm() != null) {
      sources.add(source(config, options.dcgm()));
    }
    return sources;
  }

  /** Another server than the one under load gets neither its key nor its headers. */
  private static ServerMetricsScraper.Source source(
      LoadConfig config, ServerMetricsOptions.Page page) {
    Origin server = config.endpoint().origin();
    Origin origin = page.origin();
    boolean same = origin.tls() == server.tls() && origin.authority().equals(server.authority());
    HttpRequest.Factory requests =
        same
            ? new HttpRequest.Factory(origin, config.endpoint().apiKey(), config.network())
            : new HttpRequest.Factory(origin, null);
    return new ServerMetricsScraper.Source(
        target(config, origin, same ? config.network().proxy() : null),
        requests.get(page.path()),
        page.path());
  }

  private EventPublisher publisher(LoadConfig config) {
    if (config.kafka() == null) {
      return EventPublisher.NONE;
    }
    try {
      return publishers.apply(config.kafka());
    } catch (PublishException e) {
      throw new LoadException(e.wrongUse() ? Kind.USAGE : Kind.BROKEN, e.getMessage(), e);
    }
  }

  /** Null when nobody wants one. */
  private static RawLog rawLog(LoadConfig config, String runId) {
    RawLogOptions options = config.options().rawLog();
    if (options == null) {
      return null;
    }
    Shard shard = config.shard();
    try {
      return RawLog.open(options.file(runId, shard.index(), shard.count()), options.gaps());
    } catch (IllegalArgumentException e) {
      throw new LoadException(Kind.USAGE, e.getMessage(), e);
    }
  }

  private static LoadResult closed(RawLog log, LoadResult result) {
    log.close();
    return log.trouble().map(result::with).orElse(result);
  }

  private static String runId(LoadConfig config) {
    String given = config.run().runId();
    return given != null ? given : Identities.run(Instant.now());
  }
}
