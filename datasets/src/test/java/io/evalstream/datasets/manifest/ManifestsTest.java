package io.evalstream.datasets.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.evalstream.datasets.DatasetException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestsTest {

  private static final Path PUBLISHED =
      Path.of(System.getProperty("evalstream.root"), "datasets", "manifests");
  private static final String GOOD =
      """
      apiVersion: evalstream.io/v1
      kind: Dataset
      metadata:
        name: demo
        version: "1.0"
      spec:
        type: benchmark
        category: mathematics
        language: en
        data: absent
        storage:
          bucket: llm-eval-ds
          path: demo/1.0/demo.jsonl
          format: jsonl
        source: https://example.org
        licence: MIT
      """;

  @TempDir private Path folder;

  static Stream<Path> published() throws IOException {
    try (Stream<Path> files = Files.list(PUBLISHED)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("published")
  void everyPublishedManifestIsOneAndFollowsTheSchema(Path file) throws IOException {
    Manifest manifest = Manifests.read(file);

    assertThat(problems(Files.readString(file))).isEmpty();
    assertThat(file.getFileName())
        .hasToString(manifest.metadata().name() + "-" + manifest.metadata().version() + ".yaml");
  }

  @Test
  void theTemplateIsAManifestTheCatalogueDoesNotList() throws IOException {
    Path template = PUBLISHED.resolve("template").resolve("dataset.yaml");

    assertThat(Manifests.read(template).id()).isEqualTo("my-dataset:1.0.0");
    assertThat(problems(Files.readString(template))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "name: demo;name: ../demo;metadata.name",
        "version: \"1.0\";version: \"1/0\";metadata.version",
        "path: demo/1.0/demo.jsonl;path: ../../etc/passwd;spec.storage.path",
        "path: demo/1.0/demo.jsonl;path: /etc/passwd;spec.storage.path",
        "path: demo/1.0/demo.jsonl;path: demo/./a;spec.storage.path",
        "bucket: llm-eval-ds;bucket: LLM;spec.storage.bucket",
        "format: jsonl;format: xml;spec.storage.format",
        "data: absent;data: present;spec.checksum is missing",
        "data: absent;data: maybe;maybe",
        "licence: MIT;licence: ' ';spec.licence",
        "kind: Dataset;kind: Pod;kind must be",
        "category: mathematics;category: mathematics|colour: red;colour",
      })
  void recordAndSchemaRefuseTheSame(String from, String to, String why) throws IOException {
    String bad = GOOD.replace(from, to.replace("|", "\n  "));
    Path file = Files.writeString(folder.resolve("bad.yaml"), bad);

    assertThat(problems(GOOD)).isEmpty();
    assertThat(problems(bad)).isNotEmpty();
    assertThatThrownBy(() -> Manifests.read(file))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(why);
  }

  @Test
  void aVersionNeverChanges() throws IOException {
    Manifests manifests = new Manifests(folder);
    Manifest first = manifest("1.0", "a");
    manifests.put(first);
    manifests.put(first);

    assertThatThrownBy(() -> manifests.put(manifest("1.0", "b")))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("demo:1.0 is there with other bytes");
    assertThat(manifests.get("demo")).isEqualTo(first);
  }

  @Test
  void dataThatWasAbsentMayArrive() throws IOException {
    Files.writeString(folder.resolve("demo-1.0.yaml"), GOOD);
    Manifests manifests = new Manifests(folder);

    manifests.put(manifest("1.0", "a"));

    assertThat(manifests.get("demo:1.0").spec().data()).isEqualTo(Manifest.Data.PRESENT);
  }

  @Test
  void aNameAloneMeansTheNewestVersion() {
    Manifests manifests = new Manifests(folder);
    for (String version : new String[] {"1.10.0", "1.9.0", "1.2.0"}) {
      manifests.put(manifest(version, "a"));
    }

    assertThat(manifests.get("demo").metadata().version()).isEqualTo("1.10.0");
    assertThat(manifests.all())
        .extracting(manifest -> manifest.metadata().version())
        .containsExactly("1.2.0", "1.9.0", "1.10.0");
    assertThatThrownBy(() -> manifests.get("other"))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("There is no dataset other");
  }

  @Test
  void whatIsWrittenFollowsTheSchema() throws IOException {
    Path file = new Manifests(folder).put(manifest("1.0", "a"));

    assertThat(problems(Files.readString(file))).isEmpty();
    assertThat(Manifests.read(file)).isEqualTo(manifest("1.0", "a"));
  }

  private static Manifest manifest(String version, String digit) {
    return Manifest.of(
        new Manifest.Metadata("demo", version),
        new Manifest.Spec(
            Manifest.Type.BENCHMARK,
            "mathematics",
            "en",
            Manifest.Data.PRESENT,
            3L,
            1L,
            new Manifest.Checksum(digit.repeat(64)),
            new Manifest.Storage("llm-eval-ds", "demo/a.jsonl", "jsonl", List.of()),
            List.of(new Manifest.Field("q", "string|null")),
            new Manifest.Deduplication(3, 1, 1, 1, 0),
            "here",
            "MIT"));
  }

  private static List<?> problems(String yaml) throws IOException {
    JsonNode json = new YAMLMapper().readTree(yaml);
    return schema().validate(json.toString(), InputFormat.JSON);
  }

  private static Schema schema() throws IOException {
    try (InputStream in = Manifest.class.getResourceAsStream("dataset.schema.json")) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(in);
    }
  }
}
