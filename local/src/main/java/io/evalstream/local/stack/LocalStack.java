package io.evalstream.local.stack;

import io.evalstream.events.ClickHouseSchema;
import io.evalstream.jobs.accounting.Epochs;
import io.evalstream.jobs.clickhouse.ClickHouseConnection;
import io.evalstream.jobs.kafka.KafkaConnection;
import io.evalstream.jobs.serving.ServingConfig;
import io.evalstream.jobs.serving.ServingJob;
import io.evalstream.jobs.store.StoreConfig;
import io.evalstream.jobs.store.StoreJob;
import io.evalstream.local.LocalStackException;
import io.evalstream.local.clickhouse.ClickHouseLibrary;
import io.evalstream.local.clickhouse.ClickHouseSettings;
import io.evalstream.local.clickhouse.EmbeddedClickHouse;
import io.evalstream.local.flink.EmbeddedFlink;
import io.evalstream.local.flink.FlinkSettings;
import io.evalstream.local.flink.RunningJob;
import io.evalstream.local.kafka.EmbeddedKafka;
import io.evalstream.local.kafka.KafkaSettings;
import io.evalstream.local.objects.EmbeddedObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The whole stack on one machine: Kafka, Flink and an object store in this process, ClickHouse in a
 * child process, the topics, the tables, and the two jobs. Started again on the same directory it goes on where it
 * stopped, however it stopped.
 */
public final class LocalStack implements AutoCloseable {

  private static final int SPARE_SLOTS = 1;

  private final Path directory;
  private final Deque<AutoCloseable> parts;
  private final List<RunningJob> jobs;
  private final StackAddresses addresses;

  private LocalStack(
      Path directory, Deque<AutoCloseable> parts, List<RunningJob> jobs, StackAddresses addresses) {
    this.directory = directory;
    this.parts = parts;
    this.jobs = jobs;
    this.addresses = addresses;
  }

  /**
   * Starts everything and returns when the jobs run.
   *
   * @param progress told, in one line each, what is going on
   * @throws LocalStackException when a part does not start; those that did are stopped
   */
  public static LocalStack start(StackSettings settings, Consumer<String> progress) {
    Path directory = settings.directory();
    createDirectory(directory);
    Path library = ClickHouseLibrary.ofThisUser().locate(progress);
    progress.accept("Starting Kafka, Flink, ClickHouse and the object store");
    CompletableFuture<EmbeddedClickHouse> startingClickHouse =
        CompletableFuture.supplyAsync(
            () ->
                EmbeddedClickHouse.start(
                    ClickHouseSettings.of(library, directory.resolve("clickhouse"))
                        .withPort(settings.clickHousePort())));
    CompletableFuture<EmbeddedFlink> startingFlink =
        CompletableFuture.supplyAsync(
            () ->
                EmbeddedFlink.start(
                    new FlinkSettings(
                        directory.resolve("flink"),
                        settings.flinkPort(),
                        settings.servingParallelism() + 1 + SPARE_SLOTS)));
    CompletableFuture<EmbeddedKafka> startingKafka =
        CompletableFuture.supplyAsync(
            () ->
                EmbeddedKafka.start(
                    new KafkaSettings(directory.resolve("kafka"), settings.kafkaPort())));
    CompletableFuture<EmbeddedObjectStore> startingObjects =
        CompletableFuture.supplyAsync(
            () ->
                EmbeddedObjectStore.start(StackAddresses.objects(directory), settings.s3Port()));
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    try {
      awaitAll(
          List.of(startingObjects, startingClickHouse, startingKafka, startingFlink), parts);
      EmbeddedClickHouse clickHouse = startingClickHouse.join();
      EmbeddedKafka kafka = startingKafka.join();
      EmbeddedFlink flink = startingFlink.join();
      Topics.create(kafka.bootstrapServers());
      ClickHouseConnection store = new ClickHouseConnection(clickHouse.jdbcUrl(), "default", "");
      int epoch = migrate(store);
      progress.accept("Starting the jobs");
      List<RunningJob> jobs = startJobs(settings, kafka, flink, store, epoch);
      StackAddresses addresses =
          new StackAddresses(
              ProcessHandle.current().pid(),
              StackAddresses.startOf(ProcessHandle.current()),
              kafka.bootstrapServers(),
              clickHouse.jdbcUrl(),
              clickHouse.httpUrl(),
              flink.webUrl(),
              flink.metricsUrl(),
              startingObjects.join().endpoint());
      addresses.write(directory);
      return new LocalStack(directory, parts, jobs, addresses);
    } catch (RuntimeException e) {
      closeAll(parts);
      throw e;
    }
  }

  /** Where the parts are. */
  public StackAddresses addresses() {
    return addresses;
  }

  /** The jobs that run. */
  public List<RunningJob> jobs() {
    return jobs;
  }

  /** Stops the jobs, leaving their last checkpoints, and then everything else. */
  @Override
  public void close() {
    StackAddresses.remove(directory);
    closeAll(parts);
  }

  private static void createDirectory(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw notWritable(directory, e);
    }
    if (!Files.isWritable(directory)) {
      throw notWritable(directory, null);
    }
  }

  private static LocalStackException notWritable(Path directory, IOException cause) {
    return new LocalStackException(
        "Directory " + directory + " is not writable: make it so or name another with --directory.",
        cause);
  }

  /** Parts that have started are in {@code parts}, even when another has failed. */
  private static void awaitAll(
      List<CompletableFuture<? extends AutoCloseable>> starting, Deque<AutoCloseable> parts) {
    RuntimeException failure = null;
    for (CompletableFuture<? extends AutoCloseable> part : starting) {
      try {
        parts.push(part.join());
      } catch (CompletionException e) {
        failure = e.getCause() instanceof RuntimeException cause ? cause : e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static int migrate(ClickHouseConnection store) {
    try (Connection connection = store.open()) {
      ClickHouseSchema.migrate(connection);
      return Epochs.next(connection, ServingJob.NAME);
    } catch (SQLException e) {
      throw new LocalStackException(
          "The tables could not be brought up to date in " + store + ": " + e.getMessage(), e);
    }
  }

  private static List<RunningJob> startJobs(
      StackSettings settings,
      EmbeddedKafka kafka,
      EmbeddedFlink flink,
      ClickHouseConnection store,
      int epoch) {
    KafkaConnection connection = new KafkaConnection(kafka.bootstrapServers(), Map.of());
    ServingConfig serving =
        new ServingConfig(
            connection, epoch, settings.servingParallelism(), settings.checkpointInterval());
    return List.of(
        start(flink, ServingJob.NAME, env -> ServingJob.define(env, serving)),
        start(
            flink,
            StoreJob.NAME,
            env ->
                StoreJob.define(
                    env, new StoreConfig(connection, store, settings.checkpointInterval()))));
  }

  private static RunningJob start(
      EmbeddedFlink flink, String name, Consumer<StreamExecutionEnvironment> job) {
    StreamExecutionEnvironment env = flink.environment(name);
    job.accept(env);
    return flink.submit(env.getStreamGraph(), flink.latestCheckpoint(name));
  }

  private static void closeAll(Deque<AutoCloseable> parts) {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        throw new LocalStackException("A part of the stack could not be stopped: " + e, e);
      }
    }
  }
}
