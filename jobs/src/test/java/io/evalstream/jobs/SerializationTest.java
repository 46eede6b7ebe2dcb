package io.evalstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.evalstream.events.GeneratorHealth;
import io.evalstream.events.ProducerState;
import io.evalstream.events.RequestStatus;
import io.evalstream.events.RunGrade;
import io.evalstream.jobs.accounting.ProducerLedger;
import io.evalstream.jobs.grade.RunNews;
import io.evalstream.jobs.kafka.RawRecord;
import io.evalstream.jobs.lifecycle.RunLifecycle;
import io.evalstream.jobs.lifecycle.RunSignal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is lost between operators, least of all what may be null. */
class SerializationTest {

  @ParameterizedTest
  @MethodSource("records")
  void aRecordIsTheSameAfterTheNetwork(Object record) throws Exception {
    assertThat(sent(record)).usingRecursiveComparison().isEqualTo(record);
  }

  static Stream<Object> records() {
    ProducerState state = Records.state("p", 1, ProducerState.Type.HEARTBEAT);
    return Stream.of(
        new RawRecord("runs", 1, 2, 3, null),
        Records.plan(1),
        Records.gradedPlan(1, Map.of("p95_ttft_ms", List.of(1.5, 2.5))),
        new RunNews(Records.RUN, null, RunSignal.Kind.RELEASED),
        RunNews.planned(Records.plan(2)),
        new RunGrade(
            1,
            Records.RUN,
            "s",
            2,
            RunGrade.State.SETTLED,
            null,
            "A",
            "B",
            List.of(),
            0.95,
            3,
            null,
            List.of(new RunGrade.OfMetric("p95_ttft_ms", "B", 300.5, null, null, 400.0)),
            "why"),
        state,
        new RunLifecycle.Heard(state, 5),
        Records.failed("p", 0, Records.T0, Records.T0, RequestStatus.CONNECT_ERROR),
        Records.server("p", 0, Records.T0),
        new GeneratorHealth(
            1, Records.RUN, "p", 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, List.of("stalls")),
        Records.timings("p", 0, 1, Records.T0, new int[] {1, 2}, null),
        new ProducerLedger.Entry("r", "p", "t", 1, new long[] {0, 5}, 1, 6, 7, 9, 8));
  }

  @SuppressWarnings("unchecked") // the serializer is that of the record's own class
  private static <T> T sent(T record) throws Exception {
    TypeSerializer<T> serializer =
        (TypeSerializer<T>)
            TypeInformation.of(record.getClass()).createSerializer(new SerializerConfigImpl());
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(record, out);
    return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
  }
}
