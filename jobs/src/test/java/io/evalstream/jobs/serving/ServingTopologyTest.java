package io.evalstream.jobs.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.evalstream.events.DeadLetter;
import io.evalstream.events.GeneratorHealth;
import io.evalstream.events.MetricWindow;
import io.evalstream.events.ProducerState;
import io.evalstream.events.RequestOutcome;
import io.evalstream.events.RequestStatus;
import io.evalstream.events.RunCount;
import io.evalstream.events.RunGrade;
import io.evalstream.events.TokenTimings;
import io.evalstream.events.Topic;
import io.evalstream.jobs.CollectingSink;
import io.evalstream.jobs.JobSettings;
import io.evalstream.jobs.Records;
import io.evalstream.jobs.accounting.Versions;
import io.evalstream.jobs.kafka.RawRecord;
import io.evalstream.jobs.kafka.Watermarks;
import io.evalstream.jobs.latency.Oracle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackendFactory;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackendFactory;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole graph on a cluster of this JVM, against values recomputed one by one. */
class ServingTopologyTest {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(3)
              .build());

  private static final int EPOCH = 2;

  private static final String HEAP = HashMapStateBackendFactory.class.getName();
  private static final String ROCKS_DB = EmbeddedRocksDBStateBackendFactory.class.getName();

  private static final Map<String, List<Double>> BOUNDS =
      Map.of("success_rate_percent", List.of(98.0, 50.0), "p95_ttft_ms", List.of(200.0, 500.0));

  /** More records between two checkpoints than there are. */
  private static final int AT_ONCE = 1_000_000;

  private static final long SEED = 20260131;
  private static final long T0 = Records.T0;

  /** What sources of this JVM give, by their names. */
  private static final Map<String, List<RawRecord>> INPUTS = new ConcurrentHashMap<>();

  private final String test = UUID.randomUUID().toString();
  private final CollectingSink<MetricWindow> windows = new CollectingSink<>(test + "windows");
  private final CollectingSink<RunCount> counts = new CollectingSink<>(test + "counts");
  private final CollectingSink<RunGrade> grades = new CollectingSink<>(test + "grades");
  private final CollectingSink<ProducerState> lost = new CollectingSink<>(test + "lost");
  private final CollectingSink<DeadLetter> letters = new CollectingSink<>(test + "letters");
  private final Oracle oracle = new Oracle();
  private final Set<String> poisoned = new TreeSet<>();
  private final Random random = new Random(SEED);
  private long requests;

  @AfterEach
  void forget() {
    INPUTS.clear();
  }

  @ParameterizedTest
  @MethodSource("parallelismAndState")
  void shuffledDuplicatedAndPoisonedInputGivesWhatItHolds(int parallelism, String state)
      throws Exception {
    StreamExecutionEnvironment env = environment(parallelism, state);

    ServingTopology.define(inputs(env, AT_ONCE, 400), outputs(), EPOCH);
    env.execute();

    assertWindowsAreTheOracles();
  }

  @ParameterizedTest
  @MethodSource("states")
  void afterAFailureTheLastRowsAreTheSame(String state) throws Exception {
    StreamExecutionEnvironment env = environment(2, state);
    FailsOnceAfterACheckpoint.FAILURES.set(0);

    ServingTopology.define(inputs(env, 200, 1_500), outputs(), EPOCH);
    env.execute();

    assertThat(FailsOnceAfterACheckpoint.FAILURES).hasValue(1);
    assertWindowsAreTheOracles();
    assertThat(counts.written()).isNotEmpty();
    assertThat(counts.written())
        .allSatisfy(count -> assertThat(count.version() >> 40).isEqualTo(EPOCH));
  }

  private void assertWindowsAreTheOracles() {
    Map<String, String> content = new TreeMap<>();
    Map<String, MetricWindow> last = new HashMap<>();
    for (MetricWindow row : windows.written()) {
      last.merge(Oracle.key(row), row, (a, b) -> a.version() > b.version() ? a : b);
    }
    last.forEach((key, row) -> content.put(key, Oracle.text(row)));
    Set<String> positions = new TreeSet<>();
    letters.written().forEach(letter -> positions.add(letter.key()));

    assertThat(content).isEqualTo(oracle.windows());
    assertThat(last.values())
        .allSatisfy(
            row -> {
              assertThat(row.complete()).isTrue();
              assertThat(row.version()).isEqualTo(Versions.of(EPOCH, 2 * row.count() + 1));
            });
    assertThat(positions).isEqualTo(poisoned);
    assertGradeIsThatOfTheRequests();
    assertThat(lost.written()).isEmpty();
  }

  /** A tenth of the requests has failed, and no first token took longer than 100 ms. */
  private void assertGradeIsThatOfTheRequests() {
    RunGrade last =
        grades.written().stream().max(Comparator.comparingLong(RunGrade::version)).orElseThrow();

    assertThat(last.state()).isEqualTo(RunGrade.State.FINAL);
    assertThat(last.letter()).isEqualTo("B");
    assertThat(last.deciding()).containsExactly("success_rate_percent");
    assertThat(last.requests()).isEqualTo(requests);
    assertThat(last.metrics())
        .extracting(metric -> metric.metric() + " " + metric.letter())
        .containsExactly("success_rate_percent B", "p95_ttft_ms A");
    assertThat(last.metrics().get(0).figure()).isEqualTo(90.0);
  }

  static Stream<String> states() {
    return Stream.of(HEAP, ROCKS_DB);
  }

  static Stream<Arguments> parallelismAndState() {
    return Stream.of(Arguments.of(1, HEAP), Arguments.of(3, HEAP), Arguments.of(1, ROCKS_DB));
  }

  private static StreamExecutionEnvironment environment(int parallelism, String state) {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.configure(
        JobSettings.of("serving-test", Duration.ofMillis(100))
            .set(StateBackendOptions.STATE_BACKEND, state));
    env.setParallelism(parallelism);
    return env;
  }

  private ServingTopology.Outputs outputs() {
    return new ServingTopology.Outputs(windows, counts, grades, lost, letters);
  }

  private ServingTopology.Inputs inputs(
      StreamExecutionEnvironment env, int perCheckpoint, int responses) {
    List<Object> timings = new ArrayList<>();
    List<Object> outcomes = new ArrayList<>();
    List<Object> health = new ArrayList<>();
    List<Object> servers = new ArrayList<>();
    requests = responses;
    for (int i = 0; i < responses; i++) {
      TokenTimings record = response(i);
      oracle.add(record);
      timings.add(record);
      RequestOutcome outcome = request(i);
      oracle.add(outcome);
      outcomes.add(outcome);
    }
    for (int i = 0; i < 10; i++) {
      health.add(
          new GeneratorHealth(1, Records.RUN, "p0", i, T0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, null));
      servers.add(Records.server("p0", i, T0));
    }
    List<Object> runs =
        List.of(
            Records.gradedPlan(1, BOUNDS),
            Records.state("p0", 0, ProducerState.Type.STARTED),
            Records.state("p0", 1, ProducerState.Type.FINISHED));
    return new ServingTopology.Inputs(
        stream(env, Topic.TOKEN_TIMINGS, timings, perCheckpoint)
            .map(new FailsOnceAfterACheckpoint(perCheckpoint < AT_ONCE))
            .partitionCustom((partition, readers) -> partition % readers, RawRecord::partition),
        stream(env, Topic.REQUEST_OUTCOMES, outcomes, perCheckpoint),
        stream(env, Topic.GENERATOR_HEALTH, health, AT_ONCE),
        stream(env, Topic.SERVER_METRICS, servers, AT_ONCE),
        stream(env, Topic.RUNS, runs, AT_ONCE));
  }

  private TokenTimings response(int i) {
    int[] gaps = random.ints(random.nextInt(20), 0, 300_000).toArray();
    int chunks = gaps.length + 1;
    int[] tokens = random.nextBoolean() ? random.ints(chunks, 0, 4).toArray() : null;
    long at = T0 + 10_000_000 + random.nextInt(4_000_000);
    return Records.timings("p" + i % 3, i / 3, 0, at, gaps, tokens);
  }

  private RequestOutcome request(int i) {
    long scheduled = T0 + random.nextInt(3_000_000);
    long sent = scheduled + random.nextInt(1_000);
    long first = sent + random.nextInt(100_000);
    long last = first + random.nextInt(900_000);
    return i % 10 == 0
        ? Records.failed("p" + i % 3, i / 3, scheduled, last, RequestStatus.INCOMPLETE)
        : Records.ok("p" + i % 3, i / 3, scheduled, sent, first, last, last, random.nextInt(9));
  }

  /** The topic as it may come: in any order, some records twice, some of them no records. */
  private DataStream<RawRecord> stream(
      StreamExecutionEnvironment env, Topic topic, List<Object> events, int perCheckpoint) {
    List<RawRecord> records = new ArrayList<>();
    long appendedAtMs = T0 / 1_000 + 20_000;
    for (int i = 0; i < events.size(); i++) {
      // one producer per partition, so that its sequence there has no gaps
      int partition = i % 3;
      records.add(Records.raw(topic, partition, i, appendedAtMs, events.get(i)));
      if (i % 7 == 3) {
        records.add(Records.raw(topic, partition, i + 100_000, appendedAtMs, events.get(i)));
      }
      if (i % 50 == 2) {
        byte[] poison = ("poison " + i).getBytes(StandardCharsets.UTF_8);
        RawRecord raw = new RawRecord(topic.text(), partition, i + 200_000, appendedAtMs, poison);
        records.add(raw);
        poisoned.add(raw.deadLetter("code", "reason").key());
      }
    }
    Collections.shuffle(records, random);
    String name = test + topic.text();
    INPUTS.put(name, records);
    GeneratorFunction<Long, RawRecord> generator = i -> INPUTS.get(name).get(i.intValue());
    WatermarkStrategy<RawRecord> watermarks =
        Watermarks.ofMeasurements(Duration.ofHours(1), Duration.ofMinutes(1))
            .withTimestampAssigner((record, timestamp) -> record.appendedAtMs());
    return env.fromSource(
            new DataGeneratorSource<>(
                generator,
                records.size(),
                RateLimiterStrategy.perCheckpoint(perCheckpoint),
                TypeInformation.of(RawRecord.class)),
            watermarks,
            topic.text())
        .uid(topic.text() + "-source")
        .partitionCustom((partition, readers) -> partition % readers, RawRecord::partition);
  }

  /** Fails the job once, when there is a checkpoint to go back to. */
  private static final class FailsOnceAfterACheckpoint
      implements MapFunction<RawRecord, RawRecord>, CheckpointListener {

    static final AtomicInteger FAILURES = new AtomicInteger();

    private static final long serialVersionUID = 1L;

    private final boolean fails;
    private transient int records;
    private transient boolean checkpointed;

    FailsOnceAfterACheckpoint(boolean fails) {
      this.fails = fails;
    }

    @Override
    public RawRecord map(RawRecord record) {
      if (fails && checkpointed && ++records > 20 && FAILURES.compareAndSet(0, 1)) {
        throw new IllegalStateException("injected by the test");
      }
      return record;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      checkpointed = true;
    }
  }
}
