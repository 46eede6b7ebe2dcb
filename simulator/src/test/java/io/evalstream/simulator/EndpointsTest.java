package io.evalstream.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointsTest {
  @Test
  void modelsAreAllServedNames() throws IOException {
    try (Simulator simulator =
        Servers.started(b -> b.servedModelNames(List.of("a", "b")).maxModelLen(512))) {
      JsonNode models = Client.json(new Client(simulator).get("/v1/models").body());

      assertThat(models.get("object").textValue()).isEqualTo("list");
      assertThat(models.at("/data/0/id").textValue()).isEqualTo("a");
      assertThat(models.at("/data/1/id").textValue()).isEqualTo("b");
      assertThat(models.at("/data/1/max_model_len").intValue()).isEqualTo(512);
      JsonNode answer =
          new Client(simulator).postForJson("/v1/completions", "{'model':'b','prompt':'x'}");
      assertThat(answer.get("model").textValue()).isEqualTo("a");
    }
  }

  @Test
  void healthIsAnEmptyOk() throws IOException {
    try (Simulator simulator = Servers.started(b -> b)) {
      assertThat(new Client(simulator).get("/health").statusCode()).isEqualTo(200);
      assertThat(new Client(simulator).get("/health?x=1").body()).isEmpty();
    }
  }

  @Test
  void tokenizeCountsAsTheUsageDoes() throws IOException {
    try (Simulator simulator = Servers.started(b -> b)) {
      Client client = new Client(simulator);
      JsonNode text = client.postForJson("/tokenize", "{'prompt':'one the three'}");
      JsonNode chat =
          client.postForJson("/tokenize", "{'messages':[{'role':'user','content':'hello'}]}");

      assertThat(text.get("count").intValue()).isEqualTo(3);
      assertThat(text.get("tokens")).hasSize(3);
      assertThat(text.at("/tokens/1").intValue()).isZero();
      assertThat(text.get("max_model_len").intValue()).isEqualTo(32_768);
      assertThat(chat.get("count").intValue()).isEqualTo(4);
      assertThat(client.post("/tokenize", "{'model':'x','prompt':'a'}").statusCode())
          .isEqualTo(404);
    }
  }

  @Test
  void unknownPathsAndMethodsAreRefused() throws IOException {
    try (Simulator simulator = Servers.started(b -> b)) {
      Client client = new Client(simulator);

      assertThat(client.get("/v2").statusCode()).isEqualTo(404);
      assertThat(client.get("/v1/completions").statusCode()).isEqualTo(405);
      assertThat(client.post("/metrics", "").statusCode()).isEqualTo(405);
    }
  }

  @Test
  void apiKeyGuardsTheApiOnly() throws IOException {
    try (Simulator simulator = Servers.started(b -> b.apiKey("k"))) {
      Client client = new Client(simulator);

      assertThat(client.get("/v1/models").statusCode()).isEqualTo(401);
      assertThat(client.get("/v1/models").body()).isEqualTo("{\"error\":\"Unauthorized\"}");
      assertThat(client.get("/v1/models", "Authorization", "Bearer no").statusCode())
          .isEqualTo(401);
      assertThat(client.get("/v1/models", "Authorization", "Bearer k").statusCode()).isEqualTo(200);
      assertThat(client.get("/health").statusCode()).isEqualTo(200);
      assertThat(client.get("/metrics").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void metricsCountWhatWasServed() throws IOException {
    try (Simulator simulator = Servers.started(b -> b.model("m").answerLength("3"))) {
      Client client = new Client(simulator);
      client.post("/v1/completions", "{'prompt':[1,2],'max_tokens':9,'stream':true}");
      client.post("/v1/completions", "{'prompt':[1,2,3],'max_tokens':2}");
      String metrics = client.get("/metrics").body();
      String labels = "{engine=\"0\",model_name=\"m\"}";

      assertThat(metrics.lines())
          .contains(
              "vllm:num_requests_running" + labels + " 0.0",
              "vllm:num_requests_waiting" + labels + " 0.0",
              "vllm:kv_cache_usage_perc" + labels + " 0.0",
              "vllm:prompt_tokens_total" + labels + " 5.0",
              "vllm:generation_tokens_total" + labels + " 5.0",
              "vllm:request_success_total{engine=\"0\",model_name=\"m\",finished_reason=\"stop\"} 1.0",
              "vllm:request_success_total{engine=\"0\",model_name=\"m\",finished_reason=\"length\"} 1.0",
              "vllm:time_to_first_token_seconds_count" + labels + " 2",
              "vllm:inter_token_latency_seconds_count" + labels + " 3",
              "vllm:e2e_request_latency_seconds_count" + labels + " 2",
              "vllm:request_queue_time_seconds_count" + labels + " 2",
              "vllm:request_prefill_time_seconds_count" + labels + " 2",
              "vllm:request_decode_time_seconds_count" + labels + " 2",
              "evalstream_simulator_chunks_total" + labels + " 3.0",
              "evalstream_simulator_schedule_error_seconds_count" + labels + " 3");
    }
  }

  @Test
  void scheduleErrorIsStatedPerStreamedChunk() throws IOException {
    try (Simulator simulator = Servers.started(b -> b.interTokenLatency("1ms"))) {
      Client client = new Client(simulator);
      client.post(
          "/v1/completions", "{'prompt':'a','max_tokens':20,'ignore_eos':true,'stream':true}");
      JsonNode error = Client.json(client.get("/schedule_error").body());

      assertThat(error.get("count").longValue()).isEqualTo(20);
      assertThat(error.get("p50_us").doubleValue())
          .isPositive()
          .isLessThanOrEqualTo(error.get("p99_us").doubleValue());
      assertThat(error.get("p99_us").doubleValue())
          .isLessThanOrEqualTo(error.get("max_us").doubleValue());
      assertThat(simulator.stats().scheduleError().count()).isEqualTo(20);
      assertThat(error.get("gap_p99_us").doubleValue())
          .as("a gap is too long by the lateness of its second chunk at most")
          .isPositive()
          .isLessThanOrEqualTo(error.get("max_us").doubleValue() * 1.04);
    }
  }

  @Test
  void scheduleErrorCountsAnewAfterDelete() throws IOException {
    try (Simulator simulator = Servers.started(b -> b.interTokenLatency("1ms"))) {
      Client client = new Client(simulator);
      client.post(
          "/v1/completions", "{'prompt':'a','max_tokens':20,'ignore_eos':true,'stream':true}");
      JsonNode cleared = Client.json(client.delete("/schedule_error").body());
      client.post(
          "/v1/completions", "{'prompt':'a','max_tokens':3,'ignore_eos':true,'stream':true}");
      JsonNode error = Client.json(client.get("/schedule_error").body());

      assertThat(cleared.get("count").longValue()).isZero();
      assertThat(cleared.get("max_us").doubleValue()).isZero();
      assertThat(cleared.get("gap_p99_us").doubleValue()).isZero();
      assertThat(error.get("count").longValue()).isEqualTo(3);
      assertThat(client.delete("/metrics").statusCode()).isEqualTo(405);
    }
  }
}
