package io.evalstream.datasets.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evalstream.datasets.DatasetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFileTest {

  @TempDir private Path folder;

  @Test
  void fieldsFollowEachOtherAndMissingOnesAreLeftOut() throws IOException {
    DatasetFile file =
        file(
            "{\"q\": \"Which?\", \"options\": [\"(A) one\", \"(B) two\"], \"p\": null}",
            "{\"p\": \"A passage.\", \"q\": \"Why?\"}");
    assertThat(file.documents())
        .extracting(Document::text)
        .containsExactly("Which? (A) one (B) two", "A passage. Why?");
  }

  @Test
  void aRowWithoutTheFieldsIsNamed() throws IOException {
    DatasetFile file = file("{\"q\": \"Which?\"}", "{\"input\": \"Why?\"}");
    assertThatThrownBy(file::documents)
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("Row 2 of ")
        .hasMessageContaining("has no text in p, q, options: name fields it has, as input.");
  }

  @Test
  void keptRowsAreWrittenAsTheyWere() throws IOException {
    DatasetFile file =
        file(
            "{\"q\":\"Where is it?\",\"n\":1}",
            "{\"q\":\"where is  it?\",\"n\":2}",
            "{\"q\":\"What?\",\"n\":3}");
    Deduplication found = new Deduplicator(DeduplicationOptions.DEFAULT).run(file.documents());
    Path target = folder.resolve("kept.jsonl");
    assertThat(file.writeKept(found, target)).isEqualTo(2);
    assertThat(Files.readAllLines(target))
        .containsExactly("{\"q\":\"Where is it?\",\"n\":1}", "{\"q\":\"What?\",\"n\":3}");
  }

  private DatasetFile file(String... lines) throws IOException {
    Path path = Files.write(folder.resolve("rows.jsonl"), List.of(lines));
    return new DatasetFile(path, List.of(), List.of("p", "q", "options"));
  }
}
