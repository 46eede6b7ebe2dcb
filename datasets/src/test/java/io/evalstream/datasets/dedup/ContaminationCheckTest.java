package io.evalstream.datasets.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import io.evalstream.datasets.RealData;
import io.evalstream.datasets.dedup.Contamination.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContaminationCheckTest {

  private static final String QUESTION = "How many eggs does Janet sell at the market every day?";
  private static final ContaminationCheck CHECK =
      new ContaminationCheck(DeduplicationOptions.DEFAULT);

  @Test
  void findsTheSameTheNearAndTheContained() {
    Contamination found =
        check(
            QUESTION,
            "how many eggs does Janet sell  at the market every day?",
            "How many eggs does Janet sell at the market each day?",
            "Here are examples. " + "They are long. ".repeat(50) + QUESTION + " A: 18 eggs.",
            "Something else entirely, about trains and the time they need to Busan.");
    assertThat(found.matches())
        .extracting(match -> match.kind() + " " + match.other().row())
        .containsExactly("EXACT 1", "NEAR 2", "CONTAINED 3");
    assertThat(found.rows(Kind.EXACT)).isEqualTo(1);
    assertThat(found.rows(Kind.NEAR)).isZero();
  }

  @Test
  void aCopyWithAnotherNumberIsFoundAndSaidToDiffer() {
    Contamination found =
        check("Tom has 3 red apples in his basket", "Tom has 4 red apples in his basket");
    assertThat(found.matches())
        .singleElement()
        .satisfies(
            match ->
                assertThat(match.differences())
                    .containsExactly(new Difference(Difference.Kind.NUMBER, "3", "4")));
  }

  @Test
  void shortTextsAreNotLookedForWithinLongOnes() {
    assertThat(check("날씨 알려줘", "오늘 서울 날씨 알려줘 그리고 내일은 어때").matches()).isEmpty();
  }

  @Test
  void findsRealQuestionsPlantedInLongPromptsAndNoOthers() {
    List<Document> rows =
        new DatasetFile(RealData.file("gsm8k-test.jsonl"), List.of(), List.of("question"))
            .documents();
    Random random = new Random(3);
    List<Document> benchmark = new ArrayList<>(rows);
    Collections.shuffle(benchmark, random);
    List<Document> planted = benchmark.subList(0, 200);
    List<Document> unrelated = benchmark.subList(200, 800);
    List<Document> others = new ArrayList<>();
    for (Document row : planted) {
      others.add(
          new Document(
              "prompts",
              others.size() + 1,
              unrelated.get(random.nextInt(300)).text()
                  + edited(row.text(), random)
                  + unrelated.get(300 + random.nextInt(300)).text()));
    }
    List<Document> asked = new ArrayList<>(planted);
    asked.addAll(benchmark.subList(800, rows.size()));
    Contamination found = CHECK.check(asked, others);
    assertThat(found.matches())
        .allSatisfy(match -> assertThat(match.kind()).isEqualTo(Kind.CONTAINED))
        .extracting(match -> planted.indexOf(match.row()) + 1L == match.other().row())
        .doesNotContain(false);
    assertThat(found.rows(Kind.CONTAINED)).isEqualTo(planted.size());
  }

  /** One word in fifteen replaced. */
  private static String edited(String text, Random random) {
    String[] words = text.split(" ");
    for (int edit = 0; edit < words.length / 15; edit++) {
      words[random.nextInt(words.length)] = "thing";
    }
    return String.join(" ", words);
  }

  private static Contamination check(String row, String... others) {
    List<Document> documents = new ArrayList<>();
    for (String other : others) {
      documents.add(new Document("others", documents.size() + 1, other));
    }
    return CHECK.check(List.of(new Document("benchmark", 1, row)), documents);
  }
}
