package io.evalstream.local.stack;

import io.evalstream.local.LoopbackPorts;
import io.evalstream.local.TestJvm;
import io.evalstream.local.kafka.EmbeddedKafka;
import io.evalstream.local.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Path;

/** A broker in a JVM of its own, which can be stopped, killed and frozen, always at one address. */
final class BrokerProcess implements AutoCloseable {

  private final Path directory;
  private final int port = LoopbackPorts.free(1).get(0);
  private TestJvm jvm;

  BrokerProcess(Path directory) throws IOException {
    this.directory = directory;
    start();
  }

  /** Holds the broker until the input ends. */
  public static void main(String[] arguments) throws IOException {
    try (EmbeddedKafka kafka =
        EmbeddedKafka.start(
            new KafkaSettings(Path.of(arguments[0]), Integer.parseInt(arguments[1])))) {
      System.out.println(kafka.bootstrapServers());
      while (System.in.read() >= 0) {
        // nobody says anything
      }
    }
    System.exit(0);
  }

  String bootstrapServers() {
    return LoopbackPorts.LOOPBACK + ":" + port;
  }

  void start() throws IOException {
    jvm = TestJvm.start(BrokerProcess.class, directory.toString(), Integer.toString(port));
    if (!bootstrapServers().equals(jvm.firstLine())) {
      throw new IOException("the broker did not start: " + jvm.firstLine());
    }
  }

  /** Ends it as an operator does. */
  void stop() throws IOException, InterruptedException {
    jvm.stop();
  }

  /** Ends it as SIGKILL does. */
  void kill() {
    jvm.close();
  }

  /** Stands still, its connections open, until {@link #thaw}. */
  void freeze() throws Exception {
    Signals.send("STOP", jvm.pid());
  }

  void thaw() throws Exception {
    Signals.send("CONT", jvm.pid());
  }

  @Override
  public void close() {
    kill();
  }
}
