package io.evalstream.datasets.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import io.evalstream.datasets.RealData;
import io.evalstream.datasets.dedup.Oracle.Couple;
import io.evalstream.datasets.dedup.Pair.Decision;
import io.evalstream.datasets.dedup.Pair.Match;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** 10,000 Korean questions in 1,000 groups of ten that mean the same, against an exact search. */
class KoreanQuestionsTest {

  private static final int GROUP = 10;

  private final List<Document> documents =
      new DatasetFile(
              RealData.file("parakqc-v1.tsv"),
              List.of("act", "kind", "question"),
              List.of("question"))
          .documents();
  private final Deduplication found = new Deduplicator(DeduplicationOptions.DEFAULT).run(documents);

  @Test
  void findsNearlyAllNearPairsAndNoOther() {
    UniqueTexts texts = new UniqueTexts(documents);
    Set<Couple> truth = Oracle.near(texts.texts(), 0.2);
    Map<Document, Integer> numbers = new HashMap<>();
    for (int text = 0; text < texts.size(); text++) {
      numbers.put(texts.first(text), text);
    }
    Set<Couple> near = new HashSet<>();
    for (Pair pair : found.pairs()) {
      if (pair.match() == Match.NEAR) {
        int first = numbers.get(pair.first());
        int second = numbers.get(pair.second());
        near.add(new Couple(Math.min(first, second), Math.max(first, second)));
      }
    }
    assertThat(documents).hasSize(10_000);
    assertThat(found.exact()).isEqualTo(13);
    assertThat(truth).hasSize(710).containsAll(near);
    assertThat(near.size()).isGreaterThanOrEqualTo((int) Math.ceil(0.97 * truth.size()));
  }

  @Test
  void blocksPairsThatMeanDifferentThingsMoreOftenThanThoseThatMeanTheSame() {
    Map<Boolean, int[]> counts = Map.of(true, new int[2], false, new int[2]);
    for (Pair pair : found.pairs()) {
      if (pair.match() == Match.NEAR) {
        boolean same = (pair.first().row() - 1) / GROUP == (pair.second().row() - 1) / GROUP;
        counts.get(same)[pair.decision() == Decision.MERGED ? 0 : 1]++;
      }
    }
    assertThat(blockedShare(counts.get(false))).isGreaterThan(5 * blockedShare(counts.get(true)));
  }

  private static double blockedShare(int[] mergedAndBlocked) {
    return (double) mergedAndBlocked[1] / (mergedAndBlocked[0] + mergedAndBlocked[1]);
  }

  @Test
  void isTheSameInAnyOrder() {
    List<Document> shuffled = new ArrayList<>(documents);
    Collections.shuffle(shuffled, new Random(7));
    assertThat(new Deduplicator(DeduplicationOptions.DEFAULT).run(shuffled)).isEqualTo(found);
  }
}
