package io.evalstream.loadgenerator;

import static io.evalstream.loadgenerator.ScriptedServer.json;
import static io.evalstream.loadgenerator.ScriptedServer.stream;
import static io.evalstream.loadgenerator.TestConfigs.PATIENT;
import static io.evalstream.loadgenerator.TestConfigs.requests;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import io.evalstream.loadgenerator.http.NetworkOptions;
import io.evalstream.loadgenerator.http.Origin;
import io.evalstream.loadgenerator.http.TlsOptions;
import io.evalstream.loadgenerator.plan.Arrivals;
import io.evalstream.loadgenerator.plan.RampUp;
import io.evalstream.loadgenerator.request.Backend;
import io.evalstream.loadgenerator.request.RequestOptions;
import io.evalstream.loadgenerator.result.Goodput;
import io.evalstream.loadgenerator.result.ImportedResult;
import io.evalstream.loadgenerator.result.ResultFile;
import io.evalstream.loadgenerator.result.ResultOptions;
import io.evalstream.loadgenerator.result.ResultReader;
import io.evalstream.loadgenerator.result.Traffic;
import io.evalstream.loadgenerator.result.VllmResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run's result file against what {@code vllm bench serve} writes. */
@Timeout(60)
class ResultFileTest {

  private static final ZonedDateTime AT =
      ZonedDateTime.of(2026, 1, 31, 9, 5, 7, 0, ZoneId.of("Asia/Seoul"));

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "date,STRING",
    "endpoint_type,STRING",
    "backend,STRING",
    "label,NULL",
    "model_id,STRING",
    "tokenizer_id,NULL",
    "num_prompts,NUMBER",
    "request_rate,STRING",
    "burstiness,NUMBER",
    "max_concurrency,NUMBER",
    "duration,NUMBER",
    "completed,NUMBER",
    "failed,NUMBER",
    "total_input_tokens,NUMBER",
    "total_output_tokens,NUMBER",
    "request_throughput,NUMBER",
    "request_goodput,NUMBER",
    "output_throughput,NUMBER",
    "total_token_throughput,NUMBER",
    "max_output_tokens_per_s,NUMBER",
    "max_concurrent_requests,NUMBER",
    "rtfx,NUMBER",
    "input_lens,ARRAY",
    "output_lens,ARRAY",
    "ttfts,ARRAY",
    "itls,ARRAY",
    "latencies,ARRAY",
    "start_times,ARRAY",
    "generated_texts,ARRAY",
    "errors,ARRAY",
    "mean_ttft_ms,NUMBER",
    "median_tpot_ms,NUMBER",
    "std_itl_ms,NUMBER",
    "p99.9_ttft_ms,NUMBER",
    "tp,STRING",
  })
  void fieldsAreNamedAndTypedAsVllms(String field, JsonNodeType type) throws IOException {
    assertThat(result(true).path(field).getNodeType()).isEqualTo(type);
  }

  @Test
  void theSeedsAnalysisFindsWhatItReads() throws IOException {
    JsonNode result = result(false);

    assertThat(
            List.of(
                "completed",
                "num_prompts",
                "duration",
                "request_throughput",
                "output_throughput",
                "mean_ttft_ms",
                "p95_ttft_ms",
                "mean_tpot_ms",
                "p95_tpot_ms",
                "mean_e2el_ms",
                "p95_e2el_ms"))
        .allMatch(field -> result.path(field).isNumber());
  }

  @Test
  void figuresAndDetailsAgree() throws IOException {
    JsonNode result = result(true);

    assertThat(result.path("completed").intValue()).isEqualTo(9);
    assertThat(result.path("failed").intValue()).isEqualTo(1);
    assertThat(result.path("total_output_tokens").intValue()).isEqualTo(45);
    assertThat(result.path("date").textValue()).isEqualTo("20260131-090507");
    assertThat(result.path("request_rate").textValue()).isEqualTo("inf");
    assertThat(result.path("max_concurrent_requests").intValue()).isBetween(1, 2);
    double sum = 0;
    int failed = 0;
    for (int i = 0; i < 10; i++) {
      boolean ok = result.path("errors").path(i).textValue().isEmpty();
      failed += ok ? 0 : 1;
      assertThat(result.path("output_lens").path(i).intValue()).isEqualTo(ok ? 5 : 0);
      assertThat(result.path("itls").path(i)).hasSize(ok ? 4 : 0);
      assertThat(result.path("generated_texts").path(i).textValue()).isEmpty();
      sum += result.path("ttfts").path(i).doubleValue();
    }
    assertThat(failed).isEqualTo(1);
    assertThat(sum / 9 * 1000).isCloseTo(result.path("mean_ttft_ms").doubleValue(), within(1e-6));
  }

  @Test
  void withoutDetailsThereAreNone() throws IOException {
    assertThat(result(false).has("itls")).isFalse();
  }

  @Test
  void filesAreNamedAsVllms() {
    assertThat(named(null, new Traffic(Arrivals.UNLIMITED, null)))
        .isEqualTo("vllm-infqps-Llama-8B-20260131-090507.json");
    assertThat(named("mine", new Traffic(new Arrivals(4, Arrivals.Spacing.POISSON), 10)))
        .isEqualTo("mine-4.0qps-concurrency10-Llama-8B-20260131-090507.json");
    Arrivals ramp =
        new Arrivals(Double.POSITIVE_INFINITY, 1, new RampUp(RampUp.Strategy.EXPONENTIAL, 1, 16));
    assertThat(named(null, new Traffic(ramp, null)))
        .isEqualTo("vllm-ramp-up-exponential-1qps-16qps-Llama-8B-20260131-090507.json");
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    Path file = folder.resolve("below").resolve("r.json");
    JsonNode result = result(false);

    ResultFile.write(file, result, true);
    ResultFile.write(file, result, true);

    assertThat(file.getParent().toFile().list()).as("nothing is left beside it").hasSize(1);
    List<ImportedResult> read = ResultReader.read(file);
    assertThat(read).extracting(ImportedResult::name).containsExactly("r.json#1", "r.json#2");
    assertThat(read.get(1).figure("mean_ttft_ms").orElseThrow())
        .isEqualTo(result.path("mean_ttft_ms").doubleValue());
    assertThat(read.get(0).text("request_rate")).isEqualTo("inf");
    assertThat(read.get(0).text("max_concurrency")).isEqualTo("2");
    ResultFile.write(file, result, false);
    assertThat(ResultReader.read(file)).hasSize(1);
  }

  @Test
  void aFileOfSomethingElseIsNamed() throws IOException {
    assertRefused(Files.writeString(folder.resolve("a"), "hello"), "is no JSON");
    assertRefused(Files.writeString(folder.resolve("b"), ""), "is empty");
    assertRefused(Files.writeString(folder.resolve("c"), "{\"completed\": 3}"), "num_prompts");
    assertRefused(folder.resolve("d"), "There is no file");
  }

  @Test
  void badItemsAreNamed() {
    assertThatThrownBy(() -> ResultOptions.parse("ttft,x", "99", null, false, Map.of()))
        .hasMessageContaining("percentile-metrics names 'x'");
    assertThatThrownBy(() -> ResultOptions.parse("ttft", "99,y", null, false, Map.of()))
        .hasMessageContaining("metric-percentiles has 'y'");
    assertThatThrownBy(() -> ResultOptions.parse("ttft", "101", null, false, Map.of()))
        .hasMessageContaining("metric-percentiles has 101");
  }

  @Test
  void warmUpsCountNowhereAndHeadersGoAlong() throws IOException {
    RecordingPublisher published = new RecordingPublisher();
    try (ScriptedServer server = ScriptedServer.completions((q, a) -> a.write(stream(2)))) {
      LoadResult result =
          new LoadGenerator(kafka -> published, Duration.ofSeconds(5))
              .run(config(server.url(), 3), ProgressListener.SILENT);

      assertThat(result.completed()).isEqualTo(10);
      assertThat(result.details()).hasSize(10);
      assertThat(server.requests()).hasSize(13);
      assertThat(server.requests())
          .allMatch(request -> request.path().equals("/other/completions"))
          .allMatch(request -> request.headers().get("X-Team").equals("a b"));
      assertThat(server.requests().subList(0, 3))
          .extracting(ScriptedServer.Request::body)
          .containsOnly(server.requests().get(0).body());
    }
  }

  @Test
  void aRunWhoseWarmUpsAllFailDoesNotBegin() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.completions((q, a) -> a.write(json(500, "Broken", "{}")))) {
      assertThatThrownBy(
              () ->
                  new LoadGenerator(kafka -> new RecordingPublisher(), Duration.ofSeconds(5))
                      .run(config(server.url(), 2), ProgressListener.SILENT))
          .isInstanceOf(LoadException.class)
          .hasMessageContaining("None of the 2 warm-up requests")
          .hasMessageContaining("500");
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void badPartsOfAnEndpointAreNamed() {
    assertThatThrownBy(() -> endpoint("v1")).hasMessageContaining("endpoint is 'v1'");
    assertThatThrownBy(() -> endpoint("/v1/chat/completions"))
        .hasMessageContaining("not what backend vllm speaks");
    assertThatThrownBy(() -> headers("a b", "c")).hasMessageContaining("header 'a b'");
    assertThatThrownBy(() -> headers("X", "secret\r\n"))
        .hasMessageContaining("header 'X'")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> headers("Host", "c")).hasMessageContaining("'Host'");
  }

  private static Endpoint endpoint(String path) {
    return new Endpoint(Origin.parse("http://127.0.0.1:1"), Backend.VLLM, path, null, null);
  }

  private static NetworkOptions headers(String name, String value) {
    return new NetworkOptions(TlsOptions.DEFAULT, null, Map.of(name, value));
  }

  private static void assertRefused(Path file, String said) {
    assertThatThrownBy(() -> ResultReader.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said)
        .hasMessageContaining(file.toString());
  }

  private static String named(String label, Traffic traffic) {
    return file(label, traffic, false).fileName();
  }

  private static VllmResult file(String label, Traffic traffic, boolean detailed) {
    return new VllmResult(
        AT,
        "vllm",
        label,
        "meta/Llama-8B",
        null,
        traffic,
        ResultOptions.parse(
            "ttft,tpot,itl,e2el",
            "95, 99,99.90",
            Goodput.parse(List.of("e2el:60000")),
            detailed,
            Map.of("tp", "2")));
  }

  private static JsonNode result(boolean detailed) throws IOException {
    try (ScriptedServer server =
        ScriptedServer.completions(
            (q, a) ->
                a.write(
                    q.headers().get("X-Request-Id").endsWith("-3")
                        ? json(500, "Broken", "{}")
                        : stream(5)))) {
      LoadResult result = new LoadGenerator().run(config(server.url(), 0), ProgressListener.SILENT);
      return new ObjectMapper()
          .readTree(
              file(null, new Traffic(Arrivals.UNLIMITED, 2), detailed).json(result).toString());
    }
  }

  private static LoadConfig config(String url, int warmups) {
    return new LoadConfig(
            new Endpoint(Origin.parse(url), Backend.VLLM, "/other/completions", null, null),
            requests(10),
            2,
            RequestOptions.DEFAULT,
            PATIENT,
            RunDescription.DEFAULT,
            null)
        .with(new RunOptions(warmups, true, null))
        .with(headers("X-Team", "a b"));
  }
}
