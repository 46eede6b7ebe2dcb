package io.evalstream.datasets.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evalstream.datasets.DatasetException;
import io.evalstream.datasets.dedup.Pair.Decision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DeduplicatorTest {

  private static final Deduplicator DEDUPLICATOR = new Deduplicator(DeduplicationOptions.DEFAULT);

  @Provide
  Arbitrary<List<String>> texts() {
    Arbitrary<String> word =
        Arbitraries.of("please", "turn", "on", "the", "red", "lamp", "Tom", "3");
    return word.list()
        .ofMinSize(4)
        .ofMaxSize(8)
        .map(words -> String.join(" ", words))
        .list()
        .ofMaxSize(40);
  }

  @Property(tries = 200)
  void orderDoesNotMatter(@ForAll("texts") List<String> texts, @ForAll long seed) {
    List<Document> documents = documents(texts);
    Deduplication found = DEDUPLICATOR.run(documents);
    Collections.shuffle(documents, new Random(seed));
    assertThat(DEDUPLICATOR.run(documents)).isEqualTo(found);
  }

  @Property(tries = 200)
  void everyRowIsKeptOrDroppedOnceAndNoBlockedPairIsInOneCluster(
      @ForAll("texts") List<String> texts) {
    Deduplication found = DEDUPLICATOR.run(documents(texts));
    Map<Document, Document> keptFor = new HashMap<>();
    for (Cluster cluster : found.clusters()) {
      assertThat(keptFor.put(cluster.kept(), cluster.kept())).isNull();
      cluster
          .dropped()
          .forEach(row -> assertThat(keptFor.put(row.document(), cluster.kept())).isNull());
    }
    assertThat(found.after()).isEqualTo(texts.size() - keptFor.size() + found.clusters().size());
    for (Pair pair : found.pairs()) {
      Document first = keptFor.getOrDefault(pair.first(), pair.first());
      Document second = keptFor.getOrDefault(pair.second(), pair.second());
      assertThat(first.equals(second)).isEqualTo(pair.decision() == Decision.MERGED);
      assertThat(pair.differences().isEmpty()).isEqualTo(pair.decision() != Decision.BLOCKED);
    }
  }

  @Test
  void keepsTheFirstDatasetsRowAcrossFiles() {
    Deduplication found =
        DEDUPLICATOR.run(
            List.of(
                new Document("b", 1, "where is the nearest train station"),
                new Document("a", 9, "Where is the nearest train station?"),
                new Document("c", 1, "Where  is the nearest train station?")));
    assertThat(found.clusters())
        .singleElement()
        .satisfies(
            cluster -> {
              assertThat(cluster.kept().dataset()).isEqualTo("a");
              assertThat(cluster.dropped())
                  .extracting(row -> row.document().dataset() + row.exact())
                  .containsExactly("ctrue", "bfalse");
            });
    assertThat(List.of(found.before(), found.after(), found.exact(), found.near(), found.blocked()))
        .containsExactly(3L, 1L, 1L, 1L, 0L);
  }

  @Test
  void aChainThatWouldJoinABlockedPairIsBroken() {
    Clusters clusters = new Clusters(5);
    clusters.keepApart(0, 3);
    assertThat(clusters.join(0, 1)).isTrue();
    assertThat(clusters.join(2, 3)).isTrue();
    assertThat(clusters.join(1, 2)).isFalse();
    assertThat(clusters.join(3, 4)).isTrue();
    assertThat(clusters.join(4, 1)).isFalse();
    assertThat(clusters.root(4)).isEqualTo(2);
  }

  @Test
  void tooManyCandidatesAreAnError() {
    List<Document> documents =
        documents(IntStream.range(0, 200).mapToObj(i -> "What is the sum of 1 and " + i).toList());
    assertThatThrownBy(
            () -> new Deduplicator(new DeduplicationOptions(50, 4, 0.2, 100)).run(documents))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("More than 100 pairs are candidates");
  }

  @Test
  void numbersAloneKeepAWholePatternApart() {
    List<Document> documents =
        documents(IntStream.range(0, 50).mapToObj(i -> "What is the sum of 1 and " + i).toList());
    Deduplication found = DEDUPLICATOR.run(documents);
    assertThat(found.after()).isEqualTo(50);
    assertThat(found.blocked()).isPositive();
  }

  private static List<Document> documents(List<String> texts) {
    List<Document> documents = new ArrayList<>();
    for (String text : texts) {
      documents.add(new Document("set" + documents.size() % 3, documents.size() + 1, text));
    }
    return documents;
  }
}
