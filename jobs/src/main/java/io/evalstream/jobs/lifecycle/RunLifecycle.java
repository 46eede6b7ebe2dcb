package io.evalstream.jobs.lifecycle;

import io.evalstream.events.ProducerState;
import io.evalstream.events.RunPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Follows a run's producers: declares lost who has been silent for {@link #SILENCE}, and says when
 * the run is closed. Keyed by run. Of more producers than a plan may have the first are followed.
 */
public final class RunLifecycle
    extends KeyedCoProcessFunction<String, RunPlan, ProducerState, RunClosed> {

  private static final long serialVersionUID = 1L;

  /** Producers write every five seconds; one that has not for this long is lost. */
  static final Duration SILENCE = Duration.ofSeconds(30);

  private static final Duration MEMORY = Duration.ofDays(9);

  /** Producers that are lost: records for topic {@code runs}. */
  public static final OutputTag<ProducerState> LOST =
      new OutputTag<>("lost", TypeInformation.of(ProducerState.class));

  /**
   * A producer as last heard of.
   *
   * @param heardAtMs when, by this job's clock
   */
  public record Heard(ProducerState state, long heardAtMs) {}

  private transient ValueState<Integer> planned;
  private transient ValueState<Boolean> closed;
  private transient MapState<String, Heard> producers;
  private transient Long startedAtMs;

  @Override
  public void open(OpenContext context) {
    StateTtlConfig ttl = StateTtlConfig.newBuilder(MEMORY).build();
    ValueStateDescriptor<Integer> plannedState = new ValueStateDescriptor<>("planned", Types.INT);
    plannedState.enableTimeToLive(ttl);
    planned = getRuntimeContext().getState(plannedState);
    ValueStateDescriptor<Boolean> closedState = new ValueStateDescriptor<>("closed", Types.BOOLEAN);
    closedState.enableTimeToLive(ttl);
    closed = getRuntimeContext().getState(closedState);
    MapStateDescriptor<String, Heard> producersState =
        new MapStateDescriptor<>("producers", Types.STRING, TypeInformation.of(Heard.class));
    producersState.enableTimeToLive(ttl);
    producers = getRuntimeContext().getMapState(producersState);
  }

  @Override
  public void processElement1(RunPlan plan, Context context, Collector<RunClosed> out)
      throws Exception {
    planned.update(plan.producers());
    closeWhenAllEnded(context.getCurrentKey(), out);
  }

  @Override
  public void processElement2(ProducerState state, Context context, Collector<RunClosed> out)
      throws Exception {
    Heard before = producers.get(state.producerId());
    if (before != null && isOld(state, before.state())) {
      return;
    }
    if (before != null && before.state().type() == ProducerState.Type.FINISHED) {
      return;
    }
    if (before == null && producersKnown() >= RunPlan.MAX_PRODUCERS) {
      return;
    }
    long now = context.timerService().currentProcessingTime();
    startedAt(now);
    producers.put(state.producerId(), new Heard(state, now));
    if (state.ended()) {
      closeWhenAllEnded(context.getCurrentKey(), out);
    } else {
      closed.clear();
      context.timerService().registerProcessingTimeTimer(now + SILENCE.toMillis());
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<RunClosed> out)
      throws Exception {
    long now = context.timerService().currentProcessingTime();
    long startedAt = startedAt(now);
    List<ProducerState> lost = new ArrayList<>();
    for (Heard heard : producers.values()) {
      if (heard.state().ended()) {
        continue;
      }
      long deadline = Math.max(heard.heardAtMs(), startedAt) + SILENCE.toMillis();
      if (deadline > now) {
        context.timerService().registerProcessingTimeTimer(deadline);
      } else {
        lost.add(lost(heard.state()));
      }
    }
    for (ProducerState state : lost) {
      producers.put(state.producerId(), new Heard(state, now));
      context.output(LOST, state);
    }
    if (!lost.isEmpty()) {
      closeWhenAllEnded(context.getCurrentKey(), out);
    }
  }

  private int producersKnown() throws Exception {
    int known = 0;
    for (var each = producers.iterator(); each.hasNext(); each.next()) {
      known++;
    }
    return known;
  }

  /** A lost record repeats a sequence; a producer's own record that does is one sent again. */
  private static boolean isOld(ProducerState state, ProducerState known) {
    return state.sequence() < known.sequence()
        || (state.sequence() == known.sequence() && known.ended());
  }

  /** After a restart nobody is lost before there was time to be heard. */
  private long startedAt(long now) {
    if (startedAtMs == null) {
      startedAtMs = now;
    }
    return startedAtMs;
  }

  private static ProducerState lost(ProducerState last) {
    return new ProducerState(
        last.v(),
        last.runId(),
        last.producerId(),
        last.sequence(),
        last.atUs(),
        ProducerState.Type.LOST,
        null,
        "nothing was heard of it for " + SILENCE.toSeconds() + " s",
        last.sent(),
        last.shard(),
        last.doubts());
  }

  private void closeWhenAllEnded(String runId, Collector<RunClosed> out) throws Exception {
    if (planned.value() == null || Boolean.TRUE.equals(closed.value())) {
      return;
    }
    int ended = 0;
    for (Heard heard : producers.values()) {
      if (!heard.state().ended()) {
        return;
      }
      ended++;
    }
    if (ended >= planned.value()) {
      closed.update(true);
      out.collect(new RunClosed(runId));
    }
  }
}
