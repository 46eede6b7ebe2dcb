package io.evalstream.datasets.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import io.evalstream.datasets.RealData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All English benchmarks at once. */
class EnglishBenchmarksTest {

  private static final List<String> FILES =
      List.of(
          "agieval-aqua-rat.jsonl",
          "agieval-logiqa-en.jsonl",
          "agieval-lsat-lr.jsonl",
          "agieval-sat-en.jsonl",
          "bbh-boolean_expressions.json",
          "bbh-date_understanding.json",
          "gsm8k-test.jsonl");

  @TempDir private Path folder;

  @Test
  void theReportHasTheSameBytesInAnyOrder() {
    List<Document> documents = new ArrayList<>();
    for (String file : FILES) {
      documents.addAll(
          new DatasetFile(
                  RealData.file(file),
                  List.of(),
                  List.of("passage", "question", "options", "input"))
              .documents());
    }
    Deduplicator deduplicator = new Deduplicator(DeduplicationOptions.DEFAULT);
    Deduplication found = deduplicator.run(documents);
    String hash = Reports.write(found, folder.resolve("report.jsonl"));
    for (int seed = 0; seed < 3; seed++) {
      Collections.shuffle(documents, new Random(seed));
      Deduplication again = deduplicator.run(documents);
      assertThat(Reports.write(again, folder.resolve("again.jsonl"))).isEqualTo(hash);
    }
    assertThat(found.before()).isEqualTo(3440);
    assertThat(found.pairs()).isNotEmpty();
  }
}
