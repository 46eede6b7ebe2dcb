package io.evalstream.datasets.snapshot.anonymize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * How much the rules find of what is marked by hand, and what they take that is nothing personal.
 * Writes its tables to {@code target/anonymiser}.
 */
class RuleQualityTest {

  private static final Anonymizer ANONYMIZER = new Anonymizer(new Fingerprint(new byte[32]));

  /** Counts of one kind. */
  private static final class Score {
    private int labels;
    private int gone;
    private int touched;
    private int leftOut;
    private int changes;
    private int right;
  }

  @Test
  void findsMostOfWhatIsMarked() throws IOException {
    Map<Category, Score> scores = new EnumMap<>(Category.class);
    Map<String, int[]> rules = new TreeMap<>();
    List<String> missed = new ArrayList<>();
    for (LabelledText text : LabelledText.all()) {
      Anonymized done = ANONYMIZER.anonymize(text.text());
      for (LabelledText.Label label : text.labels()) {
        Score score = scores.computeIfAbsent(label.category(), c -> new Score());
        score.labels++;
        int covered = done.changes().stream().mapToInt(c -> overlap(c, label)).sum();
        if (covered == label.end() - label.start()) {
          score.gone++;
        } else {
          missed.add((covered > 0 ? "in part " : "not ") + label.category() + ": " + text.text());
        }
        if (covered > 0) {
          score.touched++;
        }
        if (covered < label.end() - label.start() && done.risk() != null) {
          score.leftOut++;
        }
      }
      for (Change change : done.changes()) {
        boolean right = text.labels().stream().anyMatch(label -> overlap(change, label) > 0);
        int[] counts = rules.computeIfAbsent(change.rule(), id -> new int[2]);
        counts[0]++;
        counts[1] += right ? 1 : 0;
        text.labels().stream()
            .filter(label -> overlap(change, label) > 0)
            .findFirst()
            .ifPresentOrElse(
                label -> {
                  Score score = scores.get(label.category());
                  score.changes++;
                  score.right++;
                },
                () -> missed.add("wrongly " + change.rule() + ": " + text.text()));
      }
    }
    StringBuilder table =
        new StringBuilder(
            "| kind | marked | gone | in part or whole | not gone, row left out |\n|---|---|---|---|---|\n");
    scores.forEach(
        (kind, score) ->
            table.append(
                String.format(
                    "| %s | %d | %d | %d | %d |%n",
                    kind, score.labels, score.gone, score.touched, score.leftOut)));
    table.append("\n| rule | changes | of something marked |\n|---|---|---|\n");
    rules.forEach(
        (id, counts) ->
            table.append(String.format("| `%s` | %d | %d |%n", id, counts[0], counts[1])));
    write("recall.md", table + "\n" + String.join("\n", missed) + "\n");

    int labels = scores.values().stream().mapToInt(s -> s.labels).sum();
    int gone = scores.values().stream().mapToInt(s -> s.gone).sum();
    assertThat((double) gone / labels).as("recall over all kinds").isGreaterThan(0.88);
    int right = rules.values().stream().mapToInt(c -> c[1]).sum();
    int changes = rules.values().stream().mapToInt(c -> c[0]).sum();
    assertThat((double) right / changes).as("precision over all rules").isGreaterThan(0.97);
  }

  @Test
  void leavesKoreanQuestionsAlone() throws IOException {
    List<String> questions =
        Files.readAllLines(realData("parakqc-v1.tsv")).stream()
            .map(line -> line.split("\t", -1)[2])
            .toList();

    assertThat(touched("parakqc.md", questions)).isLessThan(0.01);
  }

  @Test
  void leavesNumbersOfMathsQuestionsAlone() throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<String> questions = new ArrayList<>();
    for (String line : Files.readAllLines(realData("gsm8k-test.jsonl"))) {
      questions.add(json.readTree(line).get("question").asText());
    }

    touched("gsm8k.md", questions);

    for (String question : questions) {
      assertThat(ANONYMIZER.anonymize(question).changes())
          .noneMatch(
              change ->
                  !change.rule().startsWith("name.") && !change.rule().startsWith("address."));
    }
  }

  /** The share of texts that are changed or left out. */
  private static double touched(String file, List<String> texts) throws IOException {
    Map<String, Integer> rules = new TreeMap<>();
    List<String> examples = new ArrayList<>();
    int changed = 0;
    int leftOut = 0;
    for (String text : texts) {
      Anonymized done = ANONYMIZER.anonymize(text);
      done.changes().stream()
          .map(Change::rule)
          .distinct()
          .forEach(rule -> rules.merge(rule, 1, Integer::sum));
      if (!done.changes().isEmpty()) {
        changed++;
        examples.add(done.changes().get(0).rule() + ": " + text);
      } else if (done.risk() != null) {
        examples.add(done.risk() + ": " + text);
      } else {
        assertThat(done.text()).isEqualTo(text);
      }
      leftOut += done.risk() == null ? 0 : 1;
    }
    StringBuilder table =
        new StringBuilder("| rule | texts of " + texts.size() + " |\n|---|---|\n");
    rules.forEach((rule, count) -> table.append("| `" + rule + "` | " + count + " |\n"));
    table.append("\nchanged " + changed + ", left out " + leftOut + "\n\n");
    write(file, table + String.join("\n", examples) + "\n");
    return (double) (changed + leftOut) / texts.size();
  }

  private static int overlap(Change change, LabelledText.Label label) {
    return Math.max(
        0,
        Math.min(change.offset() + change.length(), label.end())
            - Math.max(change.offset(), label.start()));
  }

  private static void write(String name, String text) throws IOException {
    Path directory = Files.createDirectories(Path.of("target", "anonymiser"));
    Files.writeString(directory.resolve(name), text, StandardCharsets.UTF_8);
  }

  private static Path realData(String name) {
    Path file =
        Path.of(
            Objects.requireNonNull(System.getProperty("evalstream.root")),
            "..",
            "shared",
            "data",
            name);
    Path beside = file.normalize();
    assumeTrue(Files.exists(beside), () -> "skipped: " + name + " is not in ../shared/data");
    return beside;
  }
}
