package io.evalstream.local.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetainedCheckpointsTest {

  @TempDir Path directory;

  @Test
  void aMissingDirectoryHasNone() {
    assertThat(RetainedCheckpoints.latest(directory.resolve("none"))).isEmpty();
  }

  @Test
  void aCheckpointBeingWrittenDoesNotCount() throws IOException {
    Path completed = checkpoint("job-a/chk-7", 1_000);
    Files.createDirectories(directory.resolve("job-a/chk-8"));

    assertThat(RetainedCheckpoints.latest(directory)).contains(completed);
  }

  @Test
  void theNewestOfSeveralStartsCountsWhateverItsNumber() throws IOException {
    checkpoint("job-a/chk-90", 1_000);
    Path newest = checkpoint("job-b/chk-2", 2_000);

    assertThat(RetainedCheckpoints.latest(directory)).contains(newest);
  }

  @Test
  void ofTwoWrittenAtOnceTheHigherNumberCounts() throws IOException {
    checkpoint("job-a/chk-9", 1_000);
    Path newest = checkpoint("job-a/chk-10", 1_000);

    assertThat(RetainedCheckpoints.latest(directory)).contains(newest);
  }

  private Path checkpoint(String name, long writtenAtMillis) throws IOException {
    Path checkpoint = Files.createDirectories(directory.resolve(name));
    Path metadata = Files.createFile(checkpoint.resolve("_metadata"));
    Files.setLastModifiedTime(metadata, FileTime.fromMillis(writtenAtMillis));
    return checkpoint;
  }
}
