package io.evalstream.datasets.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evalstream.datasets.CuttingProxy;
import io.evalstream.datasets.DatasetException;
import io.evalstream.datasets.TestStore;
import io.evalstream.datasets.format.DatasetFormat;
import io.evalstream.datasets.format.Limits;
import io.evalstream.datasets.manifest.Description;
import io.evalstream.datasets.manifest.Manifest;
import io.evalstream.datasets.manifest.Manifests;
import io.evalstream.datasets.store.ObjectStore;
import io.evalstream.datasets.store.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {

  private static final String BUCKET = "llm-eval-ds";
  private static final Description DESCRIPTION =
      new Description(Manifest.Type.CUSTOM, "test", "en", "here", "MIT");

  @TempDir private Path folder;
  private TestStore server;
  private Catalog here;
  private Catalog elsewhere;

  @BeforeEach
  void start() throws Exception {
    server = TestStore.start(folder.resolve("objects"));
    here = catalog("here");
    elsewhere = catalog("elsewhere");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void whatIsPushedIsPulledWithTheSameBytes() throws IOException {
    Path file = data(3_000_000);
    Manifest manifest = add(file, "1.0");

    try (ObjectStore store = server.open()) {
      assertThat(here.push(manifest, null, store, Progress.NONE)).isTrue();
      assertThat(here.push(manifest, null, store, Progress.NONE)).isFalse();
      Path pulled = elsewhere.pull(manifest, store, Progress.NONE);

      assertThat(pulled).hasSameBinaryContentAs(file);
      assertThat(manifest.spec().size()).isEqualTo(Files.size(file));
      assertThat(manifest.spec().fields())
          .containsExactly(
              new Manifest.Field("q", "string"), new Manifest.Field("last", "boolean|null"));
    }
  }

  @Test
  void aVersionNeverChanges() throws IOException {
    Manifest manifest = add(data(1000), "1.0");
    Path other = Files.writeString(folder.resolve("other.jsonl"), "{\"q\":1}\n");

    assertThatThrownBy(() -> add(other, "1.0"))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("demo:1.0 is there with other bytes");
    assertThat(new Manifests(folder.resolve("manifests")).get("demo")).isEqualTo(manifest);
  }

  @Test
  void theStoreKeepsWhatItHasOfAVersion() throws IOException {
    Manifest manifest = add(data(1000), "1.0");
    Manifest other =
        catalogWithManifests("others")
            .add(
                Files.writeString(folder.resolve("data.jsonl"), "{\"q\":1}\n"),
                DatasetFormat.JSONL,
                List.of(),
                manifest.metadata(),
                BUCKET,
                DESCRIPTION,
                Progress.NONE);
    try (ObjectStore store = server.open()) {
      here.push(manifest, null, store, Progress.NONE);

      assertThatThrownBy(
              () -> catalogWithManifests("others").push(other, null, store, Progress.NONE))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("is there with other bytes and a version never changes");
    }
  }

  @Test
  void aConnectionThatIsCutIsGoneOnWith() throws IOException {
    Path file = data(3_000_000);
    Manifest manifest = add(file, "1.0");
    try (ObjectStore store = server.open()) {
      here.push(manifest, null, store, Progress.NONE);
    }
    Path target = elsewhere.file(manifest);
    try (CuttingProxy proxy = new CuttingProxy(server.port(), 1_000_000);
        ObjectStore store = TestStore.open(proxy.port())) {
      assertThatThrownBy(() -> elsewhere.pull(manifest, store, Progress.NONE))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("was lost")
          .hasMessageContaining("what has arrived is kept");
    }
    assertThat(target).doesNotExist();
    long kept = Files.size(Cache.partial(target));
    assertThat(kept).isBetween(500_000L, 1_000_000L);

    AtomicLong received = new AtomicLong();
    try (CuttingProxy proxy = new CuttingProxy(server.port(), 3_000_000 - kept + 100_000);
        ObjectStore store = TestStore.open(proxy.port())) {
      elsewhere.pull(manifest, store, (done, total) -> received.set(done));
    }
    assertThat(target).hasSameBinaryContentAs(file);
    assertThat(received).hasValue(manifest.spec().size());
    assertThat(Cache.partial(target)).doesNotExist();
  }

  @Test
  void aPartThatWasDamagedNeverGetsTheName() throws IOException {
    Manifest manifest = add(data(100_000), "1.0");
    try (ObjectStore store = server.open()) {
      here.push(manifest, null, store, Progress.NONE);
      Path target = elsewhere.file(manifest);
      Files.createDirectories(target.getParent());
      Files.writeString(Cache.partial(target), "not these bytes");

      assertThatThrownBy(() -> elsewhere.pull(manifest, store, Progress.NONE))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("does not have the hash of demo:1.0 and was thrown away");
      assertThat(target).doesNotExist();
      assertThat(elsewhere.pull(manifest, store, Progress.NONE)).exists();
    }
  }

  @Test
  void aMissingBucketAndAMissingObjectAreNamed() throws IOException {
    Manifest manifest = add(data(1000), "1.0");
    try (ObjectStore store = server.open()) {
      assertThatThrownBy(() -> elsewhere.pull(manifest, store, Progress.NONE))
          .isInstanceOf(DatasetException.class)
          .hasMessageMatching("There is no (bucket llm-eval-ds|object s3://llm-eval-ds/).*");
      store.ensureBucket(BUCKET);
      assertThatThrownBy(() -> elsewhere.pull(manifest, store, Progress.NONE))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("There is no object s3://llm-eval-ds/demo/1.0/data.jsonl");
    }
  }

  @Test
  void aStoreThatDeniesIsNamedAndNoSecretIs() throws IOException {
    Manifest manifest = add(data(1000), "1.0");
    try (ObjectStore store = TestStore.open(server.port(), "a-wrong-secret")) {
      assertThatThrownBy(() -> here.push(manifest, null, store, Progress.NONE))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("denies")
          .hasMessageNotContainingAny("a-wrong-secret", TestStore.SECRET_KEY);
    }
  }

  @Test
  void aStoreThatIsNotThereIsNamed() throws IOException {
    Manifest manifest = add(data(1000), "1.0");
    int port = server.port();
    try (ObjectStore store = TestStore.open(port)) {
      server.close();
      assertThatThrownBy(() -> here.push(manifest, null, store, Progress.NONE))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("http://127.0.0.1:" + port)
          .hasMessageContaining("does not answer");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void changedAndShortenedFilesAreFoundBeforeTheyAreParsed() throws IOException {
    Path file = data(1000);
    Manifest manifest = add(file, "1.0");
    byte[] bytes = Files.readAllBytes(file);
    bytes[10] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(() -> here.verify(manifest, file, Progress.NONE))
        .hasMessageContaining("does not have the hash of demo:1.0");
    Files.write(file, java.util.Arrays.copyOf(bytes, 100));
    assertThatThrownBy(() -> here.verify(manifest, file, Progress.NONE))
        .hasMessageContaining("has 100 bytes where demo:1.0 has " + manifest.spec().size());
    here.verify(manifest, here.file(manifest), Progress.NONE);
    here.verifyRows(manifest, here.file(manifest));
  }

  @Test
  void aFileThatCannotBeReadToItsEndGetsNoManifest() throws IOException {
    Path file = Files.writeString(folder.resolve("bad.jsonl"), "{\"q\":1}\n{\"q\":");

    assertThatThrownBy(() -> add(file, "1.0")).hasMessageContaining("line 2 is no JSON");
    try (Stream<Path> left = Files.walk(folder)) {
      assertThat(left.filter(Files::isRegularFile).filter(p -> !p.equals(file))).isEmpty();
    }
  }

  private Manifest add(Path file, String version) {
    return here.add(
        file,
        DatasetFormat.JSONL,
        List.of(),
        new Manifest.Metadata("demo", version),
        BUCKET,
        DESCRIPTION,
        Progress.NONE);
  }

  private Catalog catalog(String cache) {
    return new Catalog(
        new Manifests(folder.resolve("manifests")),
        new Cache(folder.resolve(cache)),
        Limits.DEFAULT);
  }

  private Catalog catalogWithManifests(String name) {
    return new Catalog(
        new Manifests(folder.resolve(name + "-manifests")),
        new Cache(folder.resolve(name)),
        Limits.DEFAULT);
  }

  /** At least so many bytes that cannot be made smaller. */
  private Path data(int bytes) throws IOException {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder();
    while (text.length() < bytes) {
      text.append("{\"q\":\"").append(Long.toHexString(random.nextLong())).append("\"}\n");
    }
    text.append("{\"q\":\"end\",\"last\":true}\n");
    return Files.writeString(folder.resolve("data.jsonl"), text);
  }
}
