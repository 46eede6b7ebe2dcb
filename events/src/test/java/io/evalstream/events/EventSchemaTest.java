package io.evalstream.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.evalstream.events.EventArbitraries.AnyEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The published JSON Schemas say the same as the records. */
@Domain(EventArbitraries.class)
class EventSchemaTest {

  enum Published {
    TOKEN_TIMINGS("token-timings", TokenTimings.class, "tokens"),
    REQUEST_OUTCOMES(
        "request-outcomes",
        RequestOutcome.class,
        "sent_at_us",
        "first_token_at_us",
        "last_token_at_us",
        "max_gap_us",
        "http_status",
        "error",
        "finish_reason",
        "block",
        "warm_up",
        "arm",
        "turn"),
    GENERATOR_HEALTH("generator-health", GeneratorHealth.class, "doubts"),
    SERVER_METRICS(
        "server-metrics",
        ServerMetrics.class,
        "running",
        "waiting",
        "kv_cache_usage",
        "prompt_tokens_total",
        "generation_tokens_total",
        "preemptions_total",
        "queue_time_us",
        "queue_time_count",
        "prefill_time_us",
        "prefill_time_count",
        "decode_time_us",
        "decode_time_count",
        "spec_decode_accepted_tokens",
        "spec_decode_draft_tokens",
        "gpu_utilisation",
        "gpu_power_watts"),
    RUN_PLAN("runs.plan", RunPlan.class, "image_digest", "baseline_id"),
    PRODUCER_STATE("runs.producer", ProducerState.class, "status", "reason", "shard", "doubts"),
    METRIC_WINDOWS("metric-windows", MetricWindow.class),
    RUN_COUNTS("run-counts", RunCount.class),
    GRADES("grades", RunGrade.class, "letter", "planned_requests", "reason"),
    DEAD_LETTERS("dead-letters", DeadLetter.class);

    final String file;
    final Class<?> type;
    private final String optional;

    Published(String file, Class<?> type, String... optional) {
      this.file = file;
      this.type = type;
      this.optional = String.join(" ", optional);
    }

    boolean requires(String name) {
      return !List.of(optional.split(" ", -1)).contains(name);
    }

    String text() {
      try (InputStream in =
          EventCodec.class.getResourceAsStream("schema/" + file + ".schema.json")) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final Map<Class<?>, Schema> SCHEMAS =
      Arrays.stream(Published.values())
          .collect(
              Collectors.toMap(
                  published -> published.type,
                  published ->
                      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                          .getSchema(published.text(), InputFormat.JSON)));

  @Property(tries = 400)
  void everyRecordKeepsItsSchema(@ForAll AnyEvent any) {
    String json = new String(any.encode(), StandardCharsets.UTF_8);

    assertThat(SCHEMAS.get(any.event().getClass()).validate(json, InputFormat.JSON)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void propertiesAreTheRecordsComponents(Published published) throws Exception {
    JsonNode schema = MAPPER.readTree(published.text());
    List<String> names = new ArrayList<>(components(published.type));
    if (published == Published.RUN_PLAN) {
      names.add("type");
    }

    assertThat(schema.path("properties").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(names);
    assertThat(texts(schema.path("required")))
        .containsExactlyInAnyOrderElementsOf(names.stream().filter(published::requires).toList());
    assertThat(schema.path("title").asText()).isEqualTo(published.type.getSimpleName());
    assertThat(schema.path("$id").asText()).isEqualTo("urn:evalstream:" + published.file + ":1");
  }

  @Test
  void partsOfRecordsAreDescribedToo() throws Exception {
    JsonNode scenario =
        MAPPER.readTree(Published.RUN_PLAN.text()).at("/properties/scenarios/items/properties");
    JsonNode sent =
        MAPPER
            .readTree(Published.PRODUCER_STATE.text())
            .at("/properties/sent/additionalProperties/properties");

    assertThat(scenario.fieldNames())
        .toIterable()
        .containsExactlyElementsOf(components(RunPlan.PlannedScenario.class));
    assertThat(scenario.at("/blocks/properties").fieldNames())
        .toIterable()
        .containsExactlyElementsOf(components(RunPlan.Blocks.class));
    assertThat(scenario.at("/slo/properties").fieldNames())
        .toIterable()
        .containsExactlyElementsOf(components(RunPlan.Slo.class));
    assertThat(scenario.at("/slo/properties/bounds/items/properties").fieldNames())
        .toIterable()
        .containsExactlyElementsOf(components(RunPlan.Bounds.class));
    assertThat(
            MAPPER
                .readTree(Published.GRADES.text())
                .at("/properties/metrics/items/properties")
                .fieldNames())
        .toIterable()
        .containsExactlyElementsOf(components(RunGrade.OfMetric.class));
    assertThat(sent.fieldNames())
        .toIterable()
        .containsExactlyElementsOf(components(ProducerState.SentCount.class));
  }

  @Test
  void wordsAreThoseOfTheEnums() throws Exception {
    assertThat(words(Published.RUN_PLAN, "kind"))
        .containsExactlyElementsOf(texts(RunKind.values(), RunKind::text));
    assertThat(words(Published.PRODUCER_STATE, "type"))
        .containsExactlyElementsOf(texts(ProducerState.Type.values(), ProducerState.Type::text));
    assertThat(words(Published.PRODUCER_STATE, "status"))
        .containsExactlyElementsOf(
            texts(ProducerState.Status.values(), ProducerState.Status::text));
    assertThat(words(Published.REQUEST_OUTCOMES, "status"))
        .containsExactlyElementsOf(texts(RequestStatus.values(), RequestStatus::text));
    assertThat(words(Published.GRADES, "state"))
        .containsExactlyElementsOf(texts(RunGrade.State.values(), RunGrade.State::text));
    assertThat(words(Published.REQUEST_OUTCOMES, "arm"))
        .containsExactlyElementsOf(texts(Arm.values(), Arm::text));
  }

  @Test
  void everyTopicHasItsSchema() {
    List<String> topics =
        Arrays.stream(Published.values())
            .map(published -> published.file.replaceFirst("\\..*", ""))
            .toList();

    assertThat(topics)
        .containsAll(Arrays.stream(Topic.values()).map(Topic::text).collect(Collectors.toSet()));
  }

  private static <E> List<String> texts(E[] values, Function<E, String> text) {
    return Arrays.stream(values).map(text).toList();
  }

  private static List<String> words(Published published, String field) throws Exception {
    return texts(MAPPER.readTree(published.text()).at("/properties/" + field + "/enum"));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asText()));
    return texts;
  }

  private static List<String> components(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(RecordComponent::getName)
        .map(name -> name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
        .toList();
  }
}
