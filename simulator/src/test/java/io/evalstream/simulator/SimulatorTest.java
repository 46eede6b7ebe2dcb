package io.evalstream.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class SimulatorTest {
  @Test
  void aPortInUseIsSaidInOneSentence() {
    try (Simulator holder = Servers.started(b -> b);
        Simulator second = new Simulator(SimulatorConfig.builder().port(holder.port()).build())) {
      assertThatThrownBy(second::start)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageStartingWith("port " + holder.port() + " on 127.0.0.1 cannot be bound")
          .hasMessageContaining("choose another port");
    }
  }

  @Test
  void startsOnce() {
    try (Simulator simulator = Servers.started(b -> b)) {
      assertThat(simulator.baseUrl()).isEqualTo("http://127.0.0.1:" + simulator.port());
      assertThatThrownBy(simulator::start).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void hasNoPortBeforeItStarts() {
    try (Simulator simulator = new Simulator(SimulatorConfig.builder().build())) {
      assertThatThrownBy(simulator::port).hasMessageContaining("start it first");
    }
  }

  @Test
  void closingEndsTheAnswersOnTheirWay() throws IOException {
    Simulator simulator = Servers.started(b -> b.interTokenLatency("1000s"));
    try (simulator;
        RawClient client = new RawClient(simulator).ask(5)) {
      client.nextEvent();
      simulator.close();

      assertThat(client.isAtEnd()).isTrue();
      assertThat(simulator.stats().aborted()).isEqualTo(1);
    }
  }

  @Test
  void requestsSentAtOnceAreAnsweredInTurn() throws IOException {
    try (Simulator simulator = Servers.started(b -> b.interTokenLatency("1ms"));
        RawClient client = new RawClient(simulator).ask(4).ask(2, "close")) {
      assertThat(client.eventsUntilDone()).isEqualTo(4);
      assertThat(client.eventsUntilDone()).isEqualTo(2);
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void chunksNeverLeaveBeforeTheirTime() throws IOException {
    try (Simulator simulator =
            Servers.started(b -> b.timeToFirstToken("20ms").interTokenLatency("2ms"));
        RawClient client = new RawClient(simulator)) {
      long asked = System.nanoTime();
      client.ask(30);
      for (int chunk = 0; chunk < 30; chunk++) {
        client.nextEvent();
        assertThat(System.nanoTime() - asked).isGreaterThan((20 + 2 * chunk) * 1_000_000L);
      }
    }
  }

  @Test
  void aSlowReaderHoldsBackItsStreamAndNotTheHeap() throws IOException {
    int tokens = 150_000;
    try (Simulator simulator = Servers.started(b -> b.maxModelLen(200_000));
        RawClient client = new RawClient(simulator).ask(tokens)) {
      long[] seen = {0, -1};
      Servers.until(
          () -> {
            seen[1] = seen[0];
            seen[0] = simulator.stats().chunks();
            return seen[0] > 0 && seen[0] == seen[1];
          });
      assertThat(simulator.stats().chunks()).isLessThan(tokens);

      try (RawClient other = new RawClient(simulator).ask(3)) {
        assertThat(other.eventsUntilDone()).isEqualTo(3);
      }

      assertThat(client.eventsUntilDone()).isEqualTo(tokens);
      assertThat(Servers.settled(simulator).heldBack()).isPositive();
      assertThat(simulator.stats().answered()).isEqualTo(2);
    }
  }

  @Test
  void manyStreamsAtOnceGetAllTheirTokens() throws IOException {
    try (Simulator simulator =
        Servers.started(
            b -> b.interTokenLatency("lognormal:1ms,0.5").tokensPerChunk("uniform:1,3"))) {
      RawClient[] clients = new RawClient[100];
      for (int i = 0; i < clients.length; i++) {
        clients[i] = new RawClient(simulator).ask(60);
      }
      for (RawClient client : clients) {
        assertThat(client.eventsUntilDone()).isBetween(20, 60);
        client.close();
      }

      SimulatorStats stats = Servers.settled(simulator);
      assertThat(stats.generationTokens()).isEqualTo(6_000);
      assertThat(stats.scheduleError().count()).isEqualTo(stats.chunks());
    }
  }
}
