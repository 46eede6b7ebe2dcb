package io.evalstream.jobs.grade;

import io.evalstream.events.Event;
import io.evalstream.events.Metric;
import io.evalstream.events.RunGrade;
import io.evalstream.events.RunPlan;
import io.evalstream.jobs.accounting.Versions;
import io.evalstream.jobs.latency.WindowMerger;
import io.evalstream.jobs.latency.WindowPartial;
import io.evalstream.jobs.lifecycle.RunSignal;
import io.evalstream.statistics.grade.Estimate;
import io.evalstream.statistics.grade.Grade;
import io.evalstream.statistics.grade.GradeScale;
import io.evalstream.statistics.grade.GradedMetric;
import io.evalstream.statistics.grade.MetricGrade;
import io.evalstream.statistics.grade.Outlook;
import io.evalstream.statistics.sketch.QuantileSketch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Grades each scenario of a run by the bounds on its plan, from all its values to date, and gives
 * the grade anew when they have changed, at most once a second. Keyed by run.
 *
 * <p>Grades depend on the values and not on their order. What is kept is one sketch per scenario
 * and metric, however long the run is; it is forgotten with the run, as {@link WindowMerger}
 * forgets windows. A scenario without bounds on the plan is not graded; of one with bounds that
 * make no scale that is said, and why.
 *
 * <p>Nothing is given of a run before it is {@link RunSignal.Kind#RELEASED}.
 */
public final class RunGrader
    extends KeyedCoProcessFunction<String, WindowPartial, RunNews, RunGrade> {

  private static final long serialVersionUID = 1L;
  private static final long PUBLISH_MS = 1_000;
  private static final long HOUR_MS = 3_600_000;

  /** Values that are graded together. */
  public record Series(String scenario, String metric) {}

  private final int epoch;
  private transient MapState<String, RunPlan.PlannedScenario> planned;
  private transient MapState<Series, QuantileSketch> sketches;
  private transient MapState<String, RunSpan> spans;
  private transient MapState<String, Boolean> changed;
  private transient ValueState<Boolean> released;
  private transient ValueState<Long> closedAtMs;
  private transient ValueState<Long> lastChangeAtMs;

  /**
   * A grader.
   *
   * @param epoch counts the job's starts, from 1
   */
  public RunGrader(int epoch) {
    this.epoch = epoch;
  }

  /** Whether a part is of a metric that grades are made of. */
  public static boolean needs(WindowPartial part) {
    return Estimates.need(part);
  }

  @Override
  public void open(OpenContext context) {
    planned = state("planned", Types.STRING, TypeInformation.of(RunPlan.PlannedScenario.class));
    sketches =
        state(
            "sketches", TypeInformation.of(Series.class), TypeInformation.of(QuantileSketch.class));
    spans = state("spans", Types.STRING, TypeInformation.of(RunSpan.class));
    changed = state("changed", Types.STRING, Types.BOOLEAN);
    released = getRuntimeContext().getState(new ValueStateDescriptor<>("released", Types.BOOLEAN));
    closedAtMs = getRuntimeContext().getState(new ValueStateDescriptor<>("closed-at", Types.LONG));
    lastChangeAtMs =
        getRuntimeContext().getState(new ValueStateDescriptor<>("last-change-at", Types.LONG));
  }

  @Override
  public void processElement1(WindowPartial part, Context context, Collector<RunGrade> out)
      throws Exception {
    String scenario = part.window().scenario();
    String metric = part.window().metric();
    if (metric.equals(Metric.ARRIVALS.text()) || metric.equals(Metric.ENDS.text())) {
      RunSpan span = spans.get(scenario);
      spans.put(scenario, (span == null ? RunSpan.EMPTY : span).plus(part));
    } else {
      sketches.put(new Series(scenario, metric), sketch(scenario, metric).plus(part.sketch()));
    }
    changed.put(scenario, true);
    touched(context);
  }

  @Override
  public void processElement2(RunNews news, Context context, Collector<RunGrade> out)
      throws Exception {
    if (news.plan() != null) {
      for (RunPlan.PlannedScenario scenario : news.plan().scenarios()) {
        if (scenario.slo() != null) {
          planned.put(scenario.name(), scenario);
          changed.put(scenario.name(), true);
        }
      }
      touched(context);
    } else if (news.signal() == RunSignal.Kind.CLOSED) {
      long now = context.timerService().currentProcessingTime();
      closedAtMs.update(now);
      context.timerService().registerProcessingTimeTimer(now + WindowMerger.SETTLE_MS);
      context.timerService().registerProcessingTimeTimer(now + WindowMerger.GRACE.toMillis());
      touched(context);
    } else {
      release(news.signal() == RunSignal.Kind.RELEASED, context);
    }
  }

  private void release(boolean release, Context context) throws Exception {
    if (release == Boolean.TRUE.equals(released.value())) {
      return;
    }
    released.update(release);
    if (lastChangeAtMs.value() != null) {
      publishSoon(context);
    }
    rememberForNow(context);
  }

  private void touched(Context context) throws Exception {
    lastChangeAtMs.update(context.timerService().currentProcessingTime());
    publishSoon(context);
    rememberForNow(context);
    context.timerService().registerEventTimeTimer(Long.MAX_VALUE); // the end of the input
  }

  private static void publishSoon(Context context) {
    long now = context.timerService().currentProcessingTime();
    context.timerService().registerProcessingTimeTimer((now / PUBLISH_MS + 1) * PUBLISH_MS);
  }

  private static void rememberForNow(Context context) {
    long until = context.timerService().currentProcessingTime() + WindowMerger.MEMORY.toMillis();
    context.timerService().registerProcessingTimeTimer((until / HOUR_MS + 1) * HOUR_MS);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<RunGrade> out)
      throws Exception {
    long now = context.timerService().currentProcessingTime();
    Long closedAt = closedAtMs.value();
    boolean inputEnded = context.timerService().currentWatermark() == Long.MAX_VALUE;
    Long settledAt = closedAt == null ? null : closedAt + WindowMerger.SETTLE_MS;
    boolean over = settledAt != null && (inputEnded || now >= settledAt);
    if (over && (inputEnded || timestamp == settledAt)) {
      for (String scenario : planned.keys()) {
        changed.put(scenario, true);
      }
    }
    if (Boolean.TRUE.equals(released.value())) {
      for (String scenario : changed.keys()) {
        RunPlan.PlannedScenario plan = planned.get(scenario);
        if (plan != null) {
          out.collect(grade(context.getCurrentKey(), plan, over));
        }
      }
      changed.clear();
    }
    forgetWhenOver(now, closedAt, context);
  }

  private RunGrade grade(String runId, RunPlan.PlannedScenario plan, boolean over)
      throws Exception {
    String scenario = plan.name();
    RunSpan span = spans.get(scenario);
    long inputs = span == null ? 0 : span.inputs();
    Map<String, QuantileSketch> byMetric = new HashMap<>();
    for (Metric metric : Metric.values()) {
      QuantileSketch sketch = sketches.get(new Series(scenario, metric.text()));
      if (sketch != null) {
        byMetric.put(metric.text(), sketch);
        inputs += sketch.count();
      }
    }
    Function<Metric, QuantileSketch> values =
        metric -> byMetric.getOrDefault(metric.text(), QuantileSketch.EMPTY);
    GradeScale scale;
    try {
      scale = PlannedScale.of(plan.slo());
    } catch (IllegalArgumentException e) {
      return ungraded(runId, plan, over, inputs, Estimates.ended(values), e.getMessage());
    }
    Map<GradedMetric, Estimate> estimates =
        Estimates.of(scale.bounds().keySet(), values, span == null ? 0 : span.seconds());
    Outlook outlook = Outlook.of(scale, estimates);
    Grade grade = outlook.grade();
    String letter = grade.letter() == null ? null : grade.letter().text();
    boolean decided = over && letter != null;
    return new RunGrade(
        Event.SCHEMA_VERSION,
        runId,
        scenario,
        Versions.of(epoch, 2 * inputs + (over ? 1 : 0)),
        over
            ? RunGrade.State.FINAL
            : outlook.open() ? RunGrade.State.PROVISIONAL : RunGrade.State.SETTLED,
        letter,
        decided ? letter : outlook.best().text(),
        decided ? letter : outlook.worst().text(),
        grade.decisive().stream().map(metric -> metric.metric().text()).toList(),
        Estimates.CONFIDENCE,
        Estimates.ended(values),
        plan.plannedItems(),
        grade.metrics().stream()
            .map(metric -> ofMetric(metric, estimates.get(metric.metric())))
            .toList(),
        null);
  }

  private RunGrade ungraded(
      String runId,
      RunPlan.PlannedScenario plan,
      boolean over,
      long inputs,
      long requests,
      String fault) {
    List<String> letters = plan.slo().letters();
    return new RunGrade(
        Event.SCHEMA_VERSION,
        runId,
        plan.name(),
        Versions.of(epoch, 2 * inputs + (over ? 1 : 0)),
        over ? RunGrade.State.FINAL : RunGrade.State.PROVISIONAL,
        null,
        letters.get(0),
        letters.get(letters.size() - 1),
        List.of(),
        Estimates.CONFIDENCE,
        requests,
        plan.plannedItems(),
        List.of(),
        "The bounds on the plan make no scale: " + fault);
  }

  private static RunGrade.OfMetric ofMetric(MetricGrade metric, Estimate estimate) {
    return new RunGrade.OfMetric(
        metric.metric().text(),
        metric.letter().text(),
        metric.figure(),
        finite(metric.missedBound()),
        finite(estimate.interval().lower()),
        finite(estimate.interval().upper()));
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private QuantileSketch sketch(String scenario, String metric) throws Exception {
    QuantileSketch sketch = sketches.get(new Series(scenario, metric));
    return sketch == null ? QuantileSketch.EMPTY : sketch;
  }

  private void forgetWhenOver(long now, Long closedAt, OnTimerContext context) throws Exception {
    Long lastChange = lastChangeAtMs.value();
    long quietSince =
        Math.max(closedAt == null ? 0 : closedAt, lastChange == null ? 0 : lastChange);
    long forgetAt =
        quietSince + (closedAt == null ? WindowMerger.MEMORY : WindowMerger.GRACE).toMillis();
    if (now >= forgetAt) {
      planned.clear();
      sketches.clear();
      spans.clear();
      changed.clear();
      released.clear();
      closedAtMs.clear();
      lastChangeAtMs.clear();
      context.timerService().deleteEventTimeTimer(Long.MAX_VALUE);
    } else if (closedAt != null) {
      context.timerService().registerProcessingTimeTimer(forgetAt);
    }
  }

  private <K, V> MapState<K, V> state(
      String name, TypeInformation<K> key, TypeInformation<V> value) {
    return getRuntimeContext().getMapState(new MapStateDescriptor<>(name, key, value));
  }
}
