package io.evalstream.loadgenerator.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evalstream.events.Event;
import io.evalstream.events.EventCodec;
import io.evalstream.events.RequestOutcome;
import io.evalstream.events.RequestStatus;
import io.evalstream.events.TokenTimings;
import io.evalstream.events.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RawLogTest {

  private static final String RUN = "20260131-120000-test";
  private static final long AT_US = 1_769_860_800_000_000L;

  @TempDir private Path directory;

  @Test
  void everyRequestIsALineThatIsTheRecordItself() throws IOException {
    Path file = directory.resolve("deep/er").resolve(RUN + ".jsonl");
    RawLog log = RawLog.open(file, false);
    for (int i = 0; i < 1_000; i++) {
      log.add(Topic.TOKEN_TIMINGS, timings(i, 0, 1, 2));
      log.add(Topic.REQUEST_OUTCOMES, outcome(i, 3));
      log.add(Topic.GENERATOR_HEALTH, sequence -> null);
    }
    log.close();

    assertThat(log.trouble()).isEmpty();
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(1_000);
    for (int i = 0; i < lines.size(); i++) {
      assertThat(
              EventCodec.decode(
                  lines.get(i).getBytes(StandardCharsets.UTF_8), RequestOutcome.class))
          .isEqualTo(outcome(i, 3).apply(i));
      assertThat(lines.get(i)).doesNotContain("gaps_us");
    }
  }

  @Test
  void gapsAreThoseOfTheRequestInOrderAndLeftOutWhenSomeAreMissing() throws IOException {
    Path file = directory.resolve(RUN + ".jsonl");
    RawLog log = RawLog.open(file, true);
    log.add(Topic.TOKEN_TIMINGS, timings(0, 0, 10, 20));
    log.add(Topic.TOKEN_TIMINGS, timings(1, 0, 7));
    log.add(Topic.TOKEN_TIMINGS, timings(0, 3, 30));
    log.add(Topic.REQUEST_OUTCOMES, outcome(0, 4));
    log.add(Topic.REQUEST_OUTCOMES, outcome(1, 5));
    log.add(Topic.REQUEST_OUTCOMES, outcome(2, 0));
    log.close();

    List<String> lines = Files.readAllLines(file);
    JsonNode first = new ObjectMapper().readTree(lines.get(0));
    assertThat(first.path("gaps_us").toString()).isEqualTo("[10,20,30]");
    assertThat(first.path("status").textValue()).isEqualTo("ok");
    assertThat(lines.get(1)).doesNotContain("gaps_us");
    assertThat(lines.get(2)).doesNotContain("gaps_us");
  }

  @Test
  void whatIsThereIsNotOverwritten() throws IOException {
    Path file = Files.writeString(directory.resolve(RUN + ".jsonl"), "precious\n");

    assertThatThrownBy(() -> RawLog.open(file, false))
        .hasMessage("The raw log " + file + " exists: give another run-id or another place");
    assertThatThrownBy(() -> RawLog.open(file.resolve("x.jsonl"), false))
        .hasMessageStartingWith("The raw log " + file.resolve("x.jsonl") + " cannot be made (");
    assertThat(file).hasContent("precious\n");
  }

  @Test
  void aFileWithoutALineIsTakenAway() {
    Path file = directory.resolve(RUN + ".jsonl");
    RawLog log = RawLog.open(file, false);
    log.close();

    assertThat(file).doesNotExist();
    assertThat(log.trouble()).isEmpty();
  }

  @Test
  void aFullDiskIsToldAndStopsNobody() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    RawLog log = new RawLog(directory.resolve("x"), full, true, 1 << 14);
    for (int i = 0; i < 2_000; i++) {
      log.add(Topic.TOKEN_TIMINGS, timings(i, 0, 10, 20));
      log.add(Topic.REQUEST_OUTCOMES, outcome(i, 3));
    }
    log.close();

    assertThat(log.trouble())
        .hasValue(
            "The raw log %s has 0 requests and lacks 2,000: No space left on device"
                .formatted(directory.resolve("x")));
  }

  @Test
  void aSlowDiskLosesLinesAndNeverMakesTheRunWait() throws InterruptedException {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ByteArrayOutputStream disk =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void write(byte[] bytes, int from, int length) {
            writing.countDown();
            try {
              goOn.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            super.write(bytes, from, length);
          }
        };
    RawLog log = new RawLog(directory.resolve("x"), disk, false, 10);
    log.add(Topic.REQUEST_OUTCOMES, outcome(0, 3));
    writing.await();
    for (int i = 1; i <= 25; i++) {
      log.add(Topic.REQUEST_OUTCOMES, outcome(i, 3));
    }
    goOn.countDown();
    log.close();

    assertThat(disk.toString(StandardCharsets.UTF_8).lines()).hasSize(11);
    assertThat(log.trouble())
        .hasValue(
            "The raw log %s has 11 requests and lacks 15: the disk was slower than the run"
                .formatted(directory.resolve("x")));
  }

  private static LongFunction<Event> outcome(int index, int chunks) {
    boolean ok = chunks > 0;
    return sequence ->
        new RequestOutcome(
            Event.SCHEMA_VERSION,
            RUN,
            "producer",
            sequence,
            "default",
            RUN + "-" + index,
            index,
            "prompt",
            AT_US,
            AT_US + 1,
            ok ? AT_US + 2 : null,
            ok ? AT_US + 3 : null,
            AT_US + 4,
            16,
            chunks,
            chunks,
            null,
            ok ? RequestStatus.OK : RequestStatus.TIMEOUT,
            ok ? 200 : null,
            ok ? null : "The time ran out",
            null);
  }

  private static LongFunction<Event> timings(int index, int chunkIndex, int... gaps) {
    return sequence ->
        new TokenTimings(
            Event.SCHEMA_VERSION,
            RUN,
            "producer",
            sequence,
            "default",
            RUN + "-" + index,
            chunkIndex,
            AT_US,
            gaps,
            null);
  }
}
