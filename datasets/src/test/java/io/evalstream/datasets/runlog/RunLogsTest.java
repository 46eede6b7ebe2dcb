package io.evalstream.datasets.runlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evalstream.datasets.DatasetException;
import io.evalstream.datasets.TestStore;
import io.evalstream.datasets.store.ObjectStore;
import io.evalstream.datasets.store.Progress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogsTest {

  @TempDir private Path folder;

  @Test
  void logsArriveOnceAndAStoreThatCannotKeepThemIsNamed() throws Exception {
    Path log = Files.writeString(folder.resolve("20261124-a.jsonl"), "{\"sequence\":0}\n");
    try (TestStore server = TestStore.start(folder.resolve("objects"));
        ObjectStore store = server.open()) {
      RunLogs.Report report = RunLogs.upload(RunLogs.waiting(folder), store, Progress.NONE);

      assertThat(report.logs()).extracting(RunLogs.Uploaded::file).containsExactly(log);
      assertThat(report.unprotected()).containsExactly("object lock", "lifecycle");
      assertThat(store.find(RunLogs.BUCKET, RunLogs.path("20261124-a")))
          .hasValueSatisfying(stored -> assertThat(stored.size()).isEqualTo(15));
      assertThat(RunLogs.waiting(folder)).isEmpty();
    }
  }

  @Test
  void aLogThatIsStillWrittenIsLeftAlone() throws Exception {
    Path log = Files.writeString(folder.resolve("20261124-a.jsonl"), "{\"sequence\":0}\n");
    try (FileChannel writer = FileChannel.open(log, StandardOpenOption.WRITE);
        FileLock lock = writer.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertThat(RunLogs.waiting(folder)).isEmpty();
    }
    assertThat(RunLogs.waiting(folder)).containsExactly(log);
  }

  @Test
  void aLogThatArrivedBeforeACrashIsRecognisedAndAnotherIsNotOverwritten() throws Exception {
    Path log = Files.writeString(folder.resolve("20261124-a.jsonl"), "{\"sequence\":0}\n");
    try (TestStore server = TestStore.start(folder.resolve("objects"));
        ObjectStore store = server.open()) {
      RunLogs.upload(RunLogs.waiting(folder), store, Progress.NONE);
      Path marker = folder.resolve("20261124-a.jsonl.uploaded");
      Files.delete(marker);

      RunLogs.upload(RunLogs.waiting(folder), store, Progress.NONE);
      assertThat(marker).exists();

      Files.delete(marker);
      Files.writeString(log, "{\"sequence\":1}\n");
      assertThatThrownBy(() -> RunLogs.upload(RunLogs.waiting(folder), store, Progress.NONE))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("is there with other bytes");
      assertThat(marker).doesNotExist();
    }
  }
}
