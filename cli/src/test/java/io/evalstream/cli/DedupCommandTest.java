package io.evalstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Duplicates and contamination through the command line. */
class DedupCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;
  private Path one;
  private Path other;

  @BeforeEach
  void write() throws IOException {
    one =
        Files.write(
            folder.resolve("one.jsonl"),
            List.of(
                "{\"q\":\"Where is the nearest train station?\",\"a\":1}",
                "{\"q\":\"How many pens does Tom buy in 3 days?\",\"a\":2}",
                "{\"q\":\"How many pens does Tom buy in 4 days?\",\"a\":3}"));
    other =
        Files.write(
            folder.resolve("other.tsv"),
            List.of("1\twhere is the nearest train station", "2\tWhat colour is the sky at noon?"));
  }

  @Test
  void duplicatesAcrossFilesAreCountedListedAndLeftOut() throws IOException {
    Path report = folder.resolve("report.jsonl");
    int exit =
        run(
            "dedup",
            one,
            other,
            "--fields",
            "q",
            "--columns",
            "n,q",
            "--report",
            report,
            "--output",
            folder.resolve("kept"));

    assertThat(err.toString()).isEmpty();
    assertThat(exit).isZero();
    assertThat(out.toString())
        .containsPattern("one\\.jsonl +3 +0 +0 +3")
        .containsPattern("other\\.tsv +2 +0 +1 +1")
        .containsPattern("all +5 +0 +1 +4")
        .contains("1 pairs are nearly the same and were kept");
    assertThat(Files.readAllLines(report))
        .hasSize(4)
        .anyMatch(line -> line.contains("\"decision\":\"blocked\"") && line.contains("\"number\""));
    assertThat(Files.readAllLines(folder.resolve("kept/other.tsv.dedup.jsonl")))
        .containsExactly("{\"n\":\"2\",\"q\":\"What colour is the sky at noon?\"}");
    assertThat(Files.readAllLines(folder.resolve("kept/one.jsonl.dedup.jsonl"))).hasSize(3);
  }

  @Test
  void contaminationEndsWithOne() {
    Path report = folder.resolve("report.jsonl");
    int exit =
        run("contamination", one, other, "--fields", "q", "--columns", "n,q", "--report", report);

    assertThat(err.toString()).isEmpty();
    assertThat(exit).isEqualTo(1);
    assertThat(out.toString()).containsPattern("nearly the same +1 +33\\.33%");
    assertThat(report).exists();
  }

  @Test
  void noContaminationEndsWithZero() throws IOException {
    Path clean =
        Files.writeString(folder.resolve("clean.jsonl"), "{\"text\":\"Nothing of that sort.\"}");
    Path report = folder.resolve("report.jsonl");
    int exit =
        run(
            "contamination",
            one,
            clean,
            "--fields",
            "q",
            "--other-fields",
            "text",
            "--report",
            report);

    assertThat(err.toString()).isEmpty();
    assertThat(exit).isZero();
    assertThat(out.toString()).contains("Looked for in 1 rows of clean.jsonl.");
  }

  @Test
  void wrongUseIsOneSentence() {
    assertThat(run("dedup", one, one, "--fields", "q")).isEqualTo(2);
    assertThat(run("dedup", one, "--fields", "question")).isEqualTo(2);
    assertThat(run("dedup", one, "--fields", "q", "--distance", "1.5")).isEqualTo(2);
    assertThat(err.toString())
        .contains("Two files are named one.jsonl: rename one, or name it once.")
        .contains("has no text in question: name fields it has, as q, a.")
        .contains("A distance of 1.5 cannot be: it is above 0 and below 1.");
  }

  private int run(Object... arguments) {
    List<String> line = new ArrayList<>(List.of("datasets"));
    for (Object argument : arguments) {
      line.add(argument.toString());
    }
    return Main.execute(
        Map.of(),
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        line.toArray(new String[0]));
  }
}
