package io.evalstream.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evalstream.events.ClickHouseSchema;
import io.evalstream.events.ProducerState;
import io.evalstream.jobs.accounting.Epochs;
import io.evalstream.jobs.clickhouse.ClickHouseConnection;
import io.evalstream.jobs.kafka.KafkaConnection;
import io.evalstream.jobs.serving.ServingConfig;
import io.evalstream.jobs.serving.ServingJob;
import io.evalstream.jobs.store.StoreConfig;
import io.evalstream.jobs.store.StoreJob;
import io.evalstream.local.clickhouse.ClickHouseLibrary;
import io.evalstream.local.clickhouse.ClickHouseSettings;
import io.evalstream.local.clickhouse.EmbeddedClickHouse;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

/** The stack in processes that can be ended one by one, with a proxy before ClickHouse. */
final class FaultStack implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration CHECKPOINT_INTERVAL = Duration.ofMillis(500);
  private static final int PRODUCERS = 2;

  final BrokerProcess broker;
  final ClickHouseFaultProxy proxy;
  final FlinkProcesses flink;
  JobClient serving;
  JobClient store;

  private final Path directory;
  private final Path library;
  private final TreeSet<String> runs = new TreeSet<>();
  private EmbeddedClickHouse clickHouse;

  private FaultStack(Path directory, Path checkpoints, List<String> taskManagerArguments)
      throws Exception {
    this.directory = directory;
    library = ClickHouseLibrary.ofThisUser().locate(line -> {});
    flink = new FlinkProcesses(directory.resolve("flink"), checkpoints, taskManagerArguments);
    broker = new BrokerProcess(directory.resolve("kafka"));
    Topics.create(broker.bootstrapServers());
    clickHouse = EmbeddedClickHouse.start(clickHouseSettings());
    proxy = new ClickHouseFaultProxy(clickHouse.port());
    try (Connection connection = direct().open()) {
      ClickHouseSchema.migrate(connection);
    }
    await().atMost(PATIENCE).until(() -> flink.freeSlots() == 4);
  }

  /** Starts everything; checkpoints go to a directory of the test's choice. */
  static FaultStack start(Path directory, Path checkpoints) throws Exception {
    FaultStack stack = new FaultStack(directory, checkpoints, List.of());
    stack.startServing(2, Optional.empty());
    stack.startStore(Optional.empty());
    stack.awaitRunning();
    return stack;
  }

  /** Starts what the jobs need; the task manager's JVM gets more arguments. */
  static FaultStack withoutJobs(Path directory, List<String> taskManagerArguments)
      throws Exception {
    return new FaultStack(directory, directory.resolve("checkpoints"), taskManagerArguments);
  }

  /** A run that has begun; what its producers send arrives in disorder. */
  Run begin(String runId, long seed) {
    return begin(runId, seed, SyntheticProducer.minuteAgoUs());
  }

  /** The same of a run that began then. */
  Run begin(String runId, long seed, long startUs) {
    runs.add(runId);
    return new Run(runId, seed, startUs);
  }

  /** Some producers of one run. */
  final class Run {

    private final List<SyntheticProducer> producers = new ArrayList<>();
    private final String runId;

    private Run(String runId, long seed, long startUs) {
      this.runId = runId;
      for (int i = 0; i < PRODUCERS; i++) {
        producers.add(
            new SyntheticProducer(
                broker.bootstrapServers(),
                runId,
                "gen-" + i,
                seed,
                i,
                PRODUCERS,
                startUs,
                new Random(seed + i)));
      }
      producers.get(0).plan(PRODUCERS, 0);
      producers.forEach(producer -> producer.state(ProducerState.Type.STARTED, null));
    }

    void requests(int count) {
      for (int i = 0; i < count; i++) {
        for (SyntheticProducer producer : producers) {
          producer.request(1 + i % 150);
        }
      }
    }

    /**
     * Says much that is only stored.
     *
     * @return how many bytes of text
     */
    long bulk(int records, int bytesEach) {
      for (int i = 0; i < records; i++) {
        producers.get(i % PRODUCERS).bulkyHealth(i, bytesEach);
      }
      return (long) records * bytesEach;
    }

    /** An answer of so many chunks whose timings are one record. */
    void longAnswer(int chunks) {
      producers.forEach(producer -> producer.request(chunks, chunks));
    }

    /** Waits until Kafka has all so far. */
    void publish() throws Exception {
      for (SyntheticProducer producer : producers) {
        producer.flush();
      }
    }

    /** Ends the run. */
    void end() throws Exception {
      for (SyntheticProducer producer : producers) {
        producer.health();
        producer.server(100);
        producer.finished();
        producer.flush();
        producer.close();
      }
    }

    /** Ends the run and waits until ClickHouse holds what the input says. */
    void finish() throws Exception {
      end();
      awaitEqualToTheInput(List.of(runId));
      assertThat(rows("SELECT status FROM run_status_current WHERE run_id = '" + runId + "'"))
          .containsExactly("completed");
    }
  }

  /** Every run so far must be in ClickHouse as the input says. */
  void awaitAllEqualToTheInput() throws IOException {
    awaitEqualToTheInput(List.copyOf(runs));
  }

  /** These runs must be in ClickHouse as the input says. */
  void awaitEqualToTheInput(List<String> some) throws IOException {
    InputLog input = InputLog.read(broker.bootstrapServers(), some);
    assertThat(input.windows()).isNotEmpty();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(rows(InputLog.outcomesSql(some))).isEqualTo(input.outcomes());
              assertThat(rows(InputLog.windowsSql(some))).isEqualTo(input.windows());
              assertThat(rows(InputLog.countsSql(some))).isEqualTo(input.counts());
              assertThat(rows(InputLog.gradesSql(some))).isEqualTo(input.grades());
            });
  }

  void startServing(int parallelism, Optional<String> restoreFrom) throws Exception {
    int epoch = nextEpoch();
    serving =
        flink.submit(
            env ->
                ServingJob.define(
                    env, new ServingConfig(kafka(), epoch, parallelism, CHECKPOINT_INTERVAL)),
            restoreFrom);
  }

  /** Counts a start of the serving job. */
  int nextEpoch() throws SQLException {
    try (Connection connection = direct().open()) {
      return Epochs.next(connection, ServingJob.NAME);
    }
  }

  void startStore(Optional<String> restoreFrom) throws Exception {
    ClickHouseConnection throughProxy = new ClickHouseConnection(proxy.jdbcUrl(), "default", "");
    store =
        flink.submit(
            env ->
                StoreJob.define(env, new StoreConfig(kafka(), throughProxy, CHECKPOINT_INTERVAL)),
            restoreFrom);
  }

  /** Stops a job and returns its savepoint. */
  String stop(JobClient job) throws Exception {
    return job.stopWithSavepoint(
            false,
            directory.resolve("savepoints").toUri().toString(),
            SavepointFormatType.CANONICAL)
        .get();
  }

  /** Stops the serving job and starts it again from where it stopped. */
  void rescaleServing(int parallelism) throws Exception {
    startServing(parallelism, Optional.of(stop(serving)));
    awaitRunning();
    assertThat(flink.restores(serving)).isPositive();
  }

  void awaitRunning() {
    await().atMost(PATIENCE).until(() -> flink.runs(serving) && flink.runs(store));
  }

  /** Ends ClickHouse as SIGKILL does. */
  void killClickHouse() {
    ProcessHandle process = ProcessHandle.of(clickHouse.pid()).orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
    clickHouse.close();
  }

  void startClickHouse() {
    clickHouse = EmbeddedClickHouse.start(clickHouseSettings());
    proxy.forwardTo(clickHouse.port());
  }

  /** The first column of what ClickHouse itself says. */
  List<String> rows(String sql) throws SQLException {
    try (Connection connection = direct().open();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  private ClickHouseSettings clickHouseSettings() {
    return ClickHouseSettings.of(library, directory.resolve("clickhouse"));
  }

  private ClickHouseConnection direct() {
    return new ClickHouseConnection(clickHouse.jdbcUrl(), "default", "");
  }

  private KafkaConnection kafka() {
    return new KafkaConnection(broker.bootstrapServers(), Map.of());
  }

  @Override
  public void close() {
    flink.close();
    broker.close();
    proxy.close();
    clickHouse.close();
  }
}
