package io.evalstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotCommandTest {

  private static final String CANARY = "kanarienvogel";

  @TempDir private Path directory;

  private final StringWriter printed = new StringWriter();
  private Path log;

  @BeforeEach
  void writeLog() throws IOException {
    log = directory.resolve("log.jsonl");
    Files.write(
        log,
        List.of(
            "{\"prompt\": \"제 메일은 " + CANARY + "@example.com 이에요\"}",
            "{\"prompt\": \"" + CANARY + "@localhost\"}",
            "{\"prompt\": \"오늘 날씨 어때?\"}"));
  }

  @Test
  void writesAVersionAndSaysWhatBecameOfTheLog() throws IOException {
    assertThat(run("--log", log.toString())).isEqualTo(0);

    assertThat(printed.toString())
        .contains(
            "contact.email@1",
            "3 questions read",
            "risky: 1 (at_sign)",
            "2 drawn from 2 candidates");
    assertThat(Files.readString(rows())).contains("제 메일은 [이메일1] 이에요");
    assertThat(Files.readString(directory.resolve("manifests/regression-set-20261124.yaml")))
        .contains("rows: 2", "type: regression", "regression-set/20261124/regression-set.jsonl");
    assertNowhere();
  }

  @Test
  void theSameDayAgainIsTheSameOrRefused() throws IOException {
    run("--log", log.toString());
    byte[] before = Files.readAllBytes(rows());

    assertThat(run("--log", log.toString())).isEqualTo(0);
    assertThat(printed.toString()).contains("nothing was written");
    assertThat(run("--log", log.toString(), "--size", "1")).isNotEqualTo(0);
    assertThat(printed.toString()).contains("a version is never changed");
    assertThat(rows()).hasBinaryContent(before);
  }

  @Test
  void explainsARow() throws IOException {
    run("--log", log.toString());
    String row =
        Files.readAllLines(rows()).stream()
            .filter(line -> line.contains("이메일1"))
            .map(line -> line.replaceFirst(".*\"id\":\"([0-9a-f]+)\".*", "$1"))
            .findFirst()
            .orElseThrow();

    assertThat(run("--explain", row)).isEqualTo(0);

    assertThat(printed.toString()).contains("[이메일1]", "placeholder");
    assertNowhere();
  }

  @Test
  void whatIsWrongIsNamedAndNothingOfTheLogIsShown() throws IOException {
    Files.writeString(log, "{\"prompt\": \"" + CANARY + "\"}\n{\"prompt\": " + CANARY + "}\n");

    assertThat(run("--verbose", "--log", log.toString())).isNotEqualTo(0);
    assertThat(printed.toString()).contains("log.jsonl", "row 1");
    assertThat(run()).isEqualTo(2);
    assertThat(run("--log", log.toString(), "--day", "tomorrow")).isNotEqualTo(0);
    assertThat(printed.toString()).contains("Version tomorrow is no day");
    assertThat(run("--explain", "x", "--log", log.toString())).isNotEqualTo(0);
    assertNowhere();
  }

  private Path rows() {
    return directory.resolve("out/regression-set/20261124/regression-set.jsonl");
  }

  private int run(String... args) {
    PrintWriter out = new PrintWriter(printed, true);
    boolean day = Arrays.asList(args).contains("--day");
    return Main.execute(
        Map.of(),
        out,
        out,
        Stream.of(
                Stream.of("datasets", "snapshot", "--no-upload", "--lang", "en"),
                Stream.of(args),
                day ? Stream.<String>empty() : Stream.of("--day", "20261124"),
                Stream.of(
                    "--output", directory.resolve("out").toString(),
                    "--key-file", directory.resolve("key").toString(),
                    "--manifests", directory.resolve("manifests").toString(),
                    "--cache", directory.resolve("cache").toString()))
            .flatMap(part -> part)
            .toArray(String[]::new));
  }

  /** What was asked stands in the log and nowhere else. */
  private void assertNowhere() throws IOException {
    assertThat(printed.toString()).doesNotContain(CANARY);
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(f -> !f.equals(log) && Files.isRegularFile(f)).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(CANARY);
      }
    }
  }
}
