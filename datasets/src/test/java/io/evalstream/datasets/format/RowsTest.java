package io.evalstream.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evalstream.datasets.DatasetException;
import io.evalstream.datasets.RealData;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowsTest {

  private static final Limits SMALL = new Limits(1 << 20, 1 << 20, 1000, 10);

  @TempDir private Path folder;

  @Test
  void jsonLinesAreRowsAndBlankLinesAreNot() throws IOException {
    Path file = write("a.jsonl", "\uFEFF{\"q\":\"가\"}\r\n\n{\"q\":null,\"n\":1.50}");

    assertThat(read(file)).containsExactly("{\"q\":\"가\"}", "{\"q\":null,\"n\":1.50}");
  }

  @Test
  void aJsonArrayIsRowsWhereverItStands() throws IOException {
    assertThat(read(write("a.json", "[{\"q\":1},\n{\"q\":2}]")))
        .containsExactly("{\"q\":1}", "{\"q\":2}");
    assertThat(
            read(write("b.json", "{\"note\":{\"x\":[]},\"ids\":[1],\"rows\":[{\"q\":1}],\"z\":2}")))
        .containsExactly("{\"q\":1}");
    assertThat(read(write("c.json", "[]"))).isEmpty();
  }

  @Test
  void csvKeepsTextsWithQuotesAndLineEnds() throws IOException {
    assertThat(read(write("a.csv", "q,a\n\"one, \"\"two\"\"\nthree\",007\n")))
        .containsExactly("{\"q\":\"one, \\\"two\\\"\\nthree\",\"a\":\"007\"}");
  }

  @Test
  void tabsSeparateWithoutQuotes() throws IOException {
    Path file = write("a.tsv", "0\t\"ja\r\n1\tnein\r\n");

    assertThat(rows(file, DatasetFormat.CSV, List.of("id", "text")))
        .containsExactly("{\"id\":\"0\",\"text\":\"\\\"ja\"}", "{\"id\":\"1\",\"text\":\"nein\"}");
  }

  @Test
  void parquetHasListsAndNulls() throws IOException {
    Path file = folder.resolve("a.parquet");
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message row { required binary q (STRING); optional int64 n; required group c (LIST) {"
                + " repeated group list { optional binary element (STRING); } } }");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(schema)
            .build()) {
      Group row = new SimpleGroupFactory(schema).newGroup().append("q", "무엇");
      Group list = row.addGroup("c");
      list.addGroup("list").append("element", "A");
      list.addGroup("list").append("element", "B");
      writer.write(row);
    }

    assertThat(read(file)).containsExactly("{\"q\":\"무엇\",\"n\":null,\"c\":[\"A\",\"B\"]}");
  }

  @Test
  void aParquetFileThatIsCutOffIsRefused() throws IOException {
    refused(write("a.parquet", "PAR1 and nothing else"), "cannot be read as parquet");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a.jsonl;{\"q\":1}|{\"q\":;line 2 is no JSON",
        "a.jsonl;{\"q\":1}|[2];line 2 is no JSON object",
        "a.jsonl;{\"q\":1,\"q\":2};Duplicate field",
        "a.jsonl;{\"q\":1} {};line 1 is no JSON",
        "a.json;[{\"q\":1},|{\"q\":;line 2 is no JSON",
        "a.json;{\"q\":1};no array of objects",
        "a.json;[{\"q\":1}] [];goes on behind",
        "a.json;[{\"q\":1}, 2];no JSON object",
        "a.csv;q,q|1,2;column \"q\" twice",
        "a.csv;q,a|1;1 values for 2 columns",
      })
  void whatIsNotAsItShouldBeIsNamed(String name, String text, String why) throws IOException {
    refused(write(name, text.replace("|", "\n")), why);
  }

  @Test
  void anotherEncodingIsNamedWithItsLine() throws IOException {
    Path file = folder.resolve("a.jsonl");
    Files.write(file, "{}\n{\"q\":\"가\"}\n".getBytes("EUC-KR"));

    refused(file, "Line 2 of " + file + " is not UTF-8");
  }

  @Test
  void aLongLineIsNotReadToItsEnd() throws IOException {
    Path file = folder.resolve("a.jsonl.gz");
    byte[] block = new byte[1 << 20];
    Arrays.fill(block, (byte) 'x');
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < 1024; i++) {
        out.write(block);
      }
    }

    Limits wide = new Limits(1L << 31, 1L << 31, 1 << 20, 10);
    assertThatThrownBy(() -> drain(Rows.open(file, wide)))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("Line 1 of " + file + " is longer than");
  }

  @Test
  void aBombDoesNotGoOff() throws IOException {
    Path file = folder.resolve("a.jsonl.gz");
    byte[] lines = "{}\n".repeat(100_000).getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < 20; i++) {
        out.write(lines);
      }
    }

    Limits many = new Limits(1 << 20, 1 << 20, 1000, 100_000_000);
    assertThatThrownBy(() -> drain(Rows.open(file, many)))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("expands to more than 1048576 bytes");
  }

  @Test
  void aGzipThatIsCutOffIsNamed() throws IOException {
    Path whole = folder.resolve("whole");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
      out.write("{\"q\":1}\n".getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = Files.readAllBytes(whole);
    Path file = folder.resolve("a.jsonl.gz");
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 9));

    refused(file, "it is cut off or damaged");
  }

  @Test
  void tooManyRowsAndTooManyBytesAreRefused() throws IOException {
    refused(write("a.jsonl", "{}\n".repeat(11)), "more than 10 rows");
    refused(write("b.jsonl", " ".repeat(2 << 20)), "more than 1048576");
  }

  @Test
  void rowsAreNumbered() throws IOException {
    try (Rows rows = Rows.open(write("a.jsonl", "{}\n{}"), SMALL)) {
      assertThat(rows.rowNumber()).isZero();
      rows.next();
      assertThat(rows.hasNext()).isTrue();
      assertThat(rows.rowNumber()).isEqualTo(1);
    }
  }

  @Test
  void whatIsWrittenIsReadAgainAndNothingHalfIsLeft() throws IOException {
    Path copy = folder.resolve("copy.jsonl");
    try (Rows rows = Rows.open(write("a.jsonl", "{\"q\":\"가\"}\n"), SMALL);
        JsonlWriter writer = JsonlWriter.create(copy)) {
      writer.write(rows.next());
      assertThat(copy).doesNotExist();
      writer.finish();
    }
    assertThat(copy).hasContent("{\"q\":\"가\"}\n");
    JsonlWriter.create(folder.resolve("half.jsonl")).close();
    assertThat(folder).isDirectoryNotContaining(p -> p.getFileName().toString().startsWith("half"));
  }

  @ParameterizedTest
  @CsvSource({
    "gsm8k-test.jsonl,1319",
    "agieval-aqua-rat.jsonl,254",
    "agieval-logiqa-en.jsonl,651",
    "agieval-lsat-lr.jsonl,510",
    "agieval-sat-en.jsonl,206",
    "bbh-boolean_expressions.json,250",
    "bbh-date_understanding.json,250",
  })
  void realFilesHaveTheirRows(String name, int rows) {
    assertThat(drain(Rows.open(RealData.file(name), Limits.DEFAULT))).hasSize(rows);
  }

  @Test
  void theKoreanQuestionsHaveTheirRows() {
    Path file = RealData.file("parakqc-v1.tsv");

    assertThat(
            drain(
                Rows.open(
                    file, DatasetFormat.CSV, List.of("group", "act", "text"), Limits.DEFAULT)))
        .hasSize(10_000);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static List<String> read(Path file) {
    return drain(Rows.open(file, SMALL));
  }

  private static List<String> rows(Path file, DatasetFormat format, List<String> columns) {
    return drain(Rows.open(file, format, columns, SMALL));
  }

  private static List<String> drain(Rows rows) {
    List<String> drained = new ArrayList<>();
    try (rows) {
      while (rows.hasNext()) {
        ObjectNode row = rows.next();
        drained.add(row.toString());
      }
    }
    return drained;
  }

  private static void refused(Path file, String why) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(why);
  }
}
