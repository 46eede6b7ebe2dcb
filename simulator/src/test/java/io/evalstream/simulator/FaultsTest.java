package io.evalstream.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private static final String PATH = "/v1/completions";
  private static final String STREAM =
      "{'prompt':'a','max_tokens':10,'ignore_eos':true,'stream':true}";
  private static final String WHOLE = "{'prompt':'a','max_tokens':10,'ignore_eos':true}";

  @Test
  void refusesWithTheGivenStatus() throws IOException {
    try (Simulator simulator = Servers.started(b -> b.failureInjectionRate(1).failureStatus(503))) {
      HttpResponse<String> response = new Client(simulator).post(PATH, STREAM);

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(Client.json(response.body()).at("/error/type").textValue())
          .isEqualTo("ServiceUnavailableError");
      assertThat(Servers.settled(simulator).refused()).isEqualTo(1);
    }
  }

  @Test
  void sameRequestsFailWhateverTheOrder() throws IOException {
    try (Simulator simulator = Servers.started(b -> b.failureInjectionRate(0.5))) {
      Client client = new Client(simulator);
      List<Integer> forwards = new ArrayList<>();
      List<Integer> backwards = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        forwards.add(client.post(PATH, WHOLE, "X-Request-Id", "r" + i).statusCode());
      }
      for (int i = 19; i >= 0; i--) {
        backwards.add(0, client.post(PATH, WHOLE, "X-Request-Id", "r" + i).statusCode());
      }

      assertThat(backwards).isEqualTo(forwards);
      assertThat(forwards).contains(200, 500);
    }
  }

  @Test
  void cutClosesTheConnectionInTheMiddle() throws IOException {
    try (Simulator simulator = Servers.started(b -> b.cutRate(1));
        RawClient client = new RawClient(simulator).ask(10)) {
      int events = 0;
      try {
        while (true) {
          assertThat(client.nextEvent()).isNotEqualTo("[DONE]");
          events++;
        }
      } catch (IOException expected) {
        assertThat(events).isBetween(1, 9);
      }

      assertThat(Servers.settled(simulator).cut()).isEqualTo(1);
      assertThat(Servers.settled(simulator).aborted()).isZero();
      assertThat(Servers.settled(simulator).generationTokens()).isEqualTo(events);
    }
  }

  @Test
  void cutWithoutStreamingClosesBeforeTheAnswer() throws IOException {
    try (Simulator simulator = Servers.started(b -> b.cutRate(1))) {
      assertThatThrownBy(() -> new Client(simulator).post(PATH, WHOLE))
          .isInstanceOf(IOException.class);

      assertThat(Servers.settled(simulator).cut()).isPositive();
      assertThat(new Client(simulator).get("/metrics").body())
          .contains("kv_cache_usage_perc{engine=\"0\",model_name=\"simulated-model\"} 0.0");
    }
  }

  @Test
  void garbageIsOneMalformedEventBetweenTheGoodOnes() throws IOException {
    try (Simulator simulator = Servers.started(b -> b.garbageRate(1))) {
      List<String> events = new Client(simulator).stream(PATH, STREAM);
      List<String> bad = new ArrayList<>();
      for (String event : events.subList(0, events.size() - 1)) {
        if (!event.endsWith("}")) {
          bad.add(event);
        }
      }

      assertThat(events).hasSize(12);
      assertThat(bad).hasSize(1);
      assertThatThrownBy(() -> Client.json(bad.get(0))).isNotNull();
      assertThat(events.get(0)).isNotEqualTo(bad.get(0));
      assertThat(Servers.settled(simulator).generationTokens()).isEqualTo(10);
      assertThat(Servers.settled(simulator).garbled()).isEqualTo(1);
    }
  }

  @Test
  void garbageWithoutStreamingIsABodyThatEndsTooEarly() throws IOException {
    try (Simulator simulator = Servers.started(b -> b.garbageRate(1))) {
      HttpResponse<String> response = new Client(simulator).post(PATH, WHOLE);

      assertThat(response.statusCode()).isEqualTo(200);
      assertThatThrownBy(() -> Client.json(response.body())).isNotNull();
    }
  }
}
