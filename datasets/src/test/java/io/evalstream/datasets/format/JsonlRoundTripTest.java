package io.evalstream.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class JsonlRoundTripTest {

  @Property(tries = 200)
  void whateverTextIsWrittenIsReadAgain(@ForAll @Size(max = 20) List<String> texts)
      throws IOException {
    List<ObjectNode> rows =
        texts.stream()
            .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text))
            .map(text -> JsonNodeFactory.instance.objectNode().put("text", text))
            .toList();
    Path file = Files.createTempFile("rows", ".jsonl");
    try (JsonlWriter writer = JsonlWriter.create(file)) {
      rows.forEach(writer::write);
      writer.finish();
    }

    List<ObjectNode> read = new ArrayList<>();
    try (Rows again = Rows.open(file, Limits.DEFAULT)) {
      again.forEachRemaining(read::add);
    }
    Files.delete(file);
    assertThat(read).isEqualTo(rows);
  }
}
