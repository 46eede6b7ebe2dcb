package io.evalstream.loadgenerator.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.evalstream.events.Event;
import io.evalstream.events.ProducerState.SentCount;
import io.evalstream.events.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoggedPublisherTest {

  @TempDir private Path directory;

  @Test
  void theOtherPublisherAnswersForWhatWaitsInAFileToo() throws IOException {
    try (RawLog log = RawLog.open(directory.resolve("run.jsonl"), false)) {
      LoggedPublisher logged = new LoggedPublisher(new Waiting(), log);

      assertThat(logged.acknowledged()).isEqualTo(Waiting.ACKNOWLEDGED);
      assertThat(logged.accepted()).isEqualTo(Waiting.ACCEPTED);
    }
  }

  /** Kafka has a part of what was handed over, the rest waits. */
  private static final class Waiting implements EventPublisher {

    private static final Map<String, SentCount> ACKNOWLEDGED =
        Map.of("request-outcomes", new SentCount(2, 3));
    private static final Map<String, SentCount> ACCEPTED =
        Map.of("request-outcomes", new SentCount(5, 8));

    @Override
    public boolean enabled() {
      return true;
    }

    @Override
    public void publish(Topic topic, String partitionKey, LongFunction<? extends Event> event) {}

    @Override
    public long dropped() {
      return 0;
    }

    @Override
    public Map<String, SentCount> acknowledged() {
      return ACKNOWLEDGED;
    }

    @Override
    public Map<String, SentCount> accepted() {
      return ACCEPTED;
    }

    @Override
    public boolean flush(Duration limit) {
      return false;
    }

    @Override
    public void close(Duration limit) {}
  }
}
