package io.evalstream.jobs;

import io.evalstream.events.DeadLetter;
import io.evalstream.events.GeneratorHealth;
import io.evalstream.events.MetricWindow;
import io.evalstream.events.ProducerState;
import io.evalstream.events.RequestOutcome;
import io.evalstream.events.RunCount;
import io.evalstream.events.RunGrade;
import io.evalstream.events.RunPlan;
import io.evalstream.events.ServerMetrics;
import io.evalstream.events.TokenTimings;
import io.evalstream.jobs.accounting.PartitionCount;
import io.evalstream.jobs.accounting.ProducerLedger;
import io.evalstream.jobs.grade.RunGrader;
import io.evalstream.jobs.grade.RunNews;
import io.evalstream.jobs.grade.RunSpan;
import io.evalstream.jobs.kafka.RawRecord;
import io.evalstream.jobs.latency.WindowKey;
import io.evalstream.jobs.latency.WindowPartial;
import io.evalstream.jobs.latency.WindowState;
import io.evalstream.jobs.lifecycle.RunClosed;
import io.evalstream.jobs.lifecycle.RunLifecycle;
import io.evalstream.jobs.lifecycle.RunSignal;
import io.evalstream.statistics.sketch.QuantileSketch;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What crosses the network or lives in state can be read after its type has grown. */
class PojoTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        RawRecord.class,
        WindowPartial.class,
        WindowKey.class,
        WindowState.class,
        QuantileSketch.class,
        PartitionCount.class,
        ProducerLedger.Entry.class,
        RunClosed.class,
        RunSignal.class,
        RunLifecycle.Heard.class,
        MetricWindow.class,
        RunCount.class,
        RunGrade.class,
        RunGrader.Series.class,
        RunNews.class,
        RunPlan.PlannedScenario.class,
        RunSpan.class,
        DeadLetter.class,
        ProducerState.class,
        RunPlan.class,
        RequestOutcome.class,
        GeneratorHealth.class,
        ServerMetrics.class,
        TokenTimings.class
      })
  void isAPojoWithoutKryo(Class<?> type) {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
  }
}
