package io.evalstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopbackPortsTest {

  @Test
  void freePortsDiffer() {
    assertThat(LoopbackPorts.free(5)).doesNotHaveDuplicates().hasSize(5);
  }

  @Test
  void aFreePortIsChosenAsRequested() {
    int port = LoopbackPorts.free(1).get(0);

    assertThat(LoopbackPorts.choose(port, "Kafka")).isEqualTo(port);
  }

  @Test
  void aTakenPortIsNamedInOneSentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> LoopbackPorts.choose(taken.getLocalPort(), "Kafka"))
          .isInstanceOf(LocalStackException.class)
          .hasMessageStartingWith("Port " + taken.getLocalPort() + " for Kafka cannot be opened")
          .hasMessageEndingWith("stop what listens there or choose another port.");
    }
  }

  @Test
  void aNumberThatIsNoPortIsNamed() {
    assertThatThrownBy(() -> LoopbackPorts.requireValid(70_000, "Flink"))
        .hasMessage("Port 70000 for Flink is not a port: give 1 to 65535, or 0 for any.");
  }

  /** Or a connection of any program could get it before it is bound. */
  @Test
  void aFreePortIsNoneThatSystemsHandOutAsTheyAreShipped() {
    List<Integer> ports = LoopbackPorts.free(20);

    assertThat(ports)
        .doesNotHaveDuplicates()
        .allMatch(port -> port >= LoopbackPorts.FIRST_FREE && port <= LoopbackPorts.LAST_FREE);
  }
}
