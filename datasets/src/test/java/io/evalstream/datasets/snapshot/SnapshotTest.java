package io.evalstream.datasets.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.evalstream.datasets.DatasetException;
import io.evalstream.datasets.Sha256;
import io.evalstream.datasets.snapshot.anonymize.Fingerprint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {

  private static final LogFields FIELDS = new LogFields("prompt", "id", "time");
  private static final String CANARY = "kanarienvogel";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  @Test
  void theSameLogInAnotherOrderGivesTheSameBytes() throws IOException {
    List<String> lines = lines(300);
    Path one = log("one.jsonl", lines);
    Collections.shuffle(lines, new Random(7));
    Path other = log("other.jsonl", lines);

    write("a", snapshot(one, 30, 1));
    write("b", snapshot(other, 30, 1));

    for (String file : List.of("regression-set.jsonl", "proof.jsonl", "summary.json")) {
      assertThat(version("a").resolve(file)).hasSameBinaryContentAs(version("b").resolve(file));
    }
    assertThat(snapshot(one, 30, 2).rows()).isNotEqualTo(snapshot(one, 30, 1).rows());
  }

  @Test
  void languagesHaveTheirShare() throws IOException {
    Snapshot snapshot = snapshot(log("log.jsonl", lines(300)), 30, 1);

    assertThat(snapshot.rows()).hasSize(30);
    assertThat(snapshot.rows().stream().filter(row -> row.language().equals("ko"))).hasSize(20);
  }

  @Test
  void equalQuestionsAreOne() throws IOException {
    Snapshot snapshot =
        snapshot(
            log("log.jsonl", List.of(line(1, "환불 되나요?"), line(2, "환불  되나요?"), line(3, "A?"))),
            10,
            1);

    assertThat(snapshot.rows()).hasSize(2);
  }

  @Test
  void nearlyEqualQuestionsAreOneUnlessTheirNumbersDiffer() throws IOException {
    Snapshot snapshot =
        snapshot(
            log(
                "log.jsonl",
                List.of(
                    line(1, "주문한 상품의 환불은 언제 되나요?"),
                    line(2, "주문한 상품의 환불은 언제 되나요!"),
                    line(3, "오늘 7번 버스는 언제 도착하나요?"),
                    line(4, "오늘 8번 버스는 언제 도착하나요?"))),
            10,
            1);

    assertThat(snapshot.rows()).hasSize(3);
    assertThat(snapshot.summary().nearDuplicates()).isEqualTo(1);
    assertThat(snapshot.summary().nearButDifferent()).isEqualTo(1);
  }

  @Test
  void aProofSaysWhichRuleChangedWhat() throws IOException {
    Path log = log("log.jsonl", List.of(line(1, "메일은 a.b@example.com 이에요")));
    Snapshot snapshot = snapshot(log, 10, 1);
    write("a", snapshot);
    SnapshotRow row = snapshot.rows().get(0);

    Proof proof =
        new SnapshotFiles(directory.resolve("a")).proof("20261124", row.id()).orElseThrow();

    assertThat(row.prompt()).isEqualTo("메일은 [이메일1] 이에요");
    assertThat(row.day()).isEqualTo("2026-11-23");
    assertThat(proof.sha256()).isEqualTo(Sha256.of(row.prompt()));
    assertThat(proof.changes()).hasSize(1);
    assertThat(proof.changes().get(0).rule()).isEqualTo("contact.email");
    assertThat(proof.changes().get(0).offset()).isEqualTo(4);
    assertThat(proof.original()).isEqualTo(fingerprint().of("prompt", "메일은 a.b@example.com 이에요"));
  }

  @Test
  void aVersionIsNeverChanged() throws IOException {
    Path log = log("log.jsonl", lines(50));
    SnapshotFiles files = new SnapshotFiles(directory.resolve("a"));

    assertThat(files.write("20261124", snapshot(log, 10, 1))).isTrue();
    assertThat(files.write("20261124", snapshot(log, 10, 1))).isFalse();
    byte[] before = Files.readAllBytes(files.rows("20261124"));
    assertThatThrownBy(() -> files.write("20261124", snapshot(log, 10, 2)))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("never changed");
    assertThat(files.rows("20261124")).hasBinaryContent(before);
  }

  @Test
  void riskyRowsAreLeftOutAndCounted() throws IOException {
    Snapshot snapshot =
        snapshot(
            log("log.jsonl", List.of(line(1, "root@localhost 에 접속"), line(2, "안녕하세요"))), 10, 1);

    assertThat(snapshot.rows()).hasSize(1);
    assertThat(snapshot.summary().leftOut()).containsExactly(Map.entry("at_sign", 1L));
    assertThat(snapshot.summary().rows()).isEqualTo(2);
  }

  @Test
  void whatWasAskedIsNowhereAfterwards() throws IOException {
    List<String> lines = lines(20);
    for (String wrapped :
        List.of(
            "제 메일은 %s@example.com 이에요",
            "비밀번호는 %s77 입니다",
            "https://admin:%s@example.com 접속이 안 돼요",
            "%s@localhost",
            "token=%s99")) {
      lines.add(line(lines.size(), String.format(wrapped, CANARY)));
    }
    Path log = log("log.jsonl", lines);

    write("a", snapshot(log, 100, 1));

    assertThat(nowhere(directory.resolve("a"))).isTrue();
  }

  @Test
  void errorsDoNotQuoteTheLog() throws IOException {
    List<String> broken =
        List.of(
            CANARY,
            "{\"prompt\": " + CANARY + "}",
            "{\"prompt\": \"x\", \"" + CANARY + "\": 1, \"" + CANARY + "\": 2}",
            "[\"" + CANARY + "\"]",
            "{\"id\": 1, \"time\": \"" + CANARY + "\", \"prompt\": \"x\"}",
            "{\"time\": 1, \"prompt\": \"" + CANARY + "\"}",
            "{\"" + CANARY + "\": 1}",
            "{\"prompt\": \"" + CANARY + "\\q\"}",
            "{\"prompt\": \"" + CANARY);
    for (int i = 0; i < broken.size(); i++) {
      Path log = log("broken" + i + ".jsonl", List.of(broken.get(i)));

      assertThatThrownBy(() -> snapshot(log, 10, 1))
          .isInstanceOf(DatasetException.class)
          .satisfies(e -> assertThat(stackTrace(e)).doesNotContain(CANARY));
    }
    Path csv = directory.resolve("log.csv");
    Files.writeString(csv, "prompt,id,time\n\"" + CANARY + "\"x,1,2\n\"" + CANARY);
    assertThatThrownBy(() -> snapshot(csv, 10, 1))
        .satisfies(e -> assertThat(stackTrace(e)).doesNotContain(CANARY));
  }

  @Test
  void aFieldThatNoRowHasIsNamed() throws IOException {
    Path log = log("log.jsonl", lines(3));

    assertThatThrownBy(
            () ->
                Snapshot.of(List.of(log), new LogFields("query", null, null), fingerprint(), 1, 1))
        .hasMessage("No row of " + log + " has the field query: name the prompt's field.");
  }

  @Test
  void aPointerReachesIntoChats() throws IOException {
    Path log =
        log("log.jsonl", List.of("{\"messages\": [{\"role\": \"user\", \"content\": \"안녕\"}]}"));

    assertThat(
            Snapshot.of(
                    List.of(log),
                    new LogFields("/messages/0/content", null, null),
                    fingerprint(),
                    1,
                    1)
                .rows())
        .extracting(SnapshotRow::prompt)
        .containsExactly("안녕");
  }

  @Test
  void aKeyIsMadeOnceAndForItsOwnerOnly() throws IOException {
    Path key = directory.resolve("keys/snapshot.key");

    String first = KeyFile.open(key).of("a", "b");

    assertThat(KeyFile.open(key).of("a", "b")).isEqualTo(first);
    assertThat(Files.getPosixFilePermissions(key)).hasSize(2);
    Files.write(key, new byte[5]);
    assertThatThrownBy(() -> KeyFile.open(key)).hasMessageContaining("too short");
  }

  private static boolean nowhere(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(CANARY)) {
          return false;
        }
      }
    }
    return true;
  }

  private static String stackTrace(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static Fingerprint fingerprint() {
    return new Fingerprint(new byte[32]);
  }

  private static Snapshot snapshot(Path log, int size, long seed) {
    return Snapshot.of(List.of(log), FIELDS, fingerprint(), size, seed);
  }

  private void write(String into, Snapshot snapshot) {
    new SnapshotFiles(directory.resolve(into)).write("20261124", snapshot);
  }

  private Path version(String into) {
    return directory.resolve(into).resolve("regression-set/20261124");
  }

  private Path log(String name, List<String> lines) throws IOException {
    return Files.write(directory.resolve(name), lines);
  }

  /** Two Korean questions for each English one. */
  private static List<String> lines(int count) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(line(i, i % 3 == 0 ? "What is " + i + " plus 2?" : i + "번 버스는 언제 오나요?"));
    }
    return lines;
  }

  private static String line(int id, String prompt) throws IOException {
    return JSON.writeValueAsString(
        Map.of("id", "q" + id, "time", "2026-11-23T10:00:00Z", "prompt", prompt));
  }
}
