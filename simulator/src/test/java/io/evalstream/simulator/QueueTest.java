package io.evalstream.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Answers here never end by themselves in a test's life, so the order is the test's to decide. */
class QueueTest {
  private static final int TOKENS = 3;

  @Test
  void requestsAboveMaxNumSeqsWaitInOrder() throws IOException {
    try (Simulator simulator = slow(1);
        RawClient first = new RawClient(simulator).ask(TOKENS)) {
      first.nextEvent();
      try (RawClient second = new RawClient(simulator).ask(TOKENS)) {
        Servers.until(() -> simulator.stats().waiting() == 1);
        try (RawClient third = new RawClient(simulator).ask(TOKENS)) {
          Servers.until(() -> simulator.stats().waiting() == 2);
          assertThat(metrics(simulator))
              .contains(
                  "vllm:num_requests_running{engine=\"0\",model_name=\"simulated-model\"} 1.0")
              .contains(
                  "vllm:num_requests_waiting{engine=\"0\",model_name=\"simulated-model\"} 2.0");

          first.close();
          second.nextEvent();
          assertThat(simulator.stats().waiting()).isEqualTo(1);

          second.close();
          third.nextEvent();
          assertThat(simulator.stats().waiting()).isZero();
          assertThat(simulator.stats().aborted()).isEqualTo(2);
        }
      }
    }
  }

  @Test
  void aWaitingClientThatLeavesGivesUpItsPlace() throws IOException {
    try (Simulator simulator = slow(1);
        RawClient first = new RawClient(simulator).ask(TOKENS)) {
      first.nextEvent();
      RawClient second = new RawClient(simulator).ask(TOKENS);
      Servers.until(() -> simulator.stats().waiting() == 1);
      second.close();
      Servers.until(() -> simulator.stats().waiting() == 0);

      assertThat(simulator.stats().running()).isEqualTo(1);
      assertThat(simulator.stats().aborted()).isEqualTo(1);
    }
  }

  @Test
  void disconnectionFreesTheSlotAndTheCache() throws IOException {
    try (Simulator simulator = slow(4)) {
      try (RawClient client = new RawClient(simulator).ask(TOKENS)) {
        client.nextEvent();
        Servers.until(() -> simulator.stats().generationTokens() == 1);
        assertThat(simulator.stats().running()).isEqualTo(1);
        assertThat(metrics(simulator)).contains("model\"} 4.0E-6");
      }
      Servers.until(() -> simulator.stats().running() == 0);

      assertThat(simulator.stats().aborted()).isEqualTo(1);
      assertThat(metrics(simulator))
          .contains("kv_cache_usage_perc{engine=\"0\",model_name=\"simulated-model\"} 0.0");
    }
  }

  @Test
  void twoEventLoopsShareOneQueue() throws IOException {
    try (Simulator simulator =
        Servers.started(b -> b.maxNumSeqs(1).eventLoopThreads(2).interTokenLatency("200us"))) {
      RawClient[] clients = new RawClient[8];
      for (int i = 0; i < clients.length; i++) {
        clients[i] = new RawClient(simulator).ask(50);
      }
      for (RawClient client : clients) {
        assertThat(client.eventsUntilDone()).isEqualTo(50);
        client.close();
      }

      assertThat(Servers.settled(simulator).answered()).isEqualTo(8);
    }
  }

  private static Simulator slow(int maxNumSeqs) {
    return Servers.started(b -> b.maxNumSeqs(maxNumSeqs).interTokenLatency("1000s"));
  }

  private static String metrics(Simulator simulator) throws IOException {
    HttpResponse<String> response = new Client(simulator).get("/metrics");
    return response.body();
  }
}
