package io.evalstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {

  @TempDir Path directory;

  @Test
  void aMissingDirectoryIsCreatedAndTaken() {
    Path missing = directory.resolve("a/b");

    try (DirectoryLock lock = DirectoryLock.take(missing, "Kafka")) {
      assertThat(lock).isNotNull();
      assertThat(missing).isDirectory();
    }
  }

  @Test
  void aTakenDirectoryIsRefusedAndStaysTaken() {
    try (DirectoryLock first = DirectoryLock.take(directory, "Kafka")) {
      assertThat(first).isNotNull();
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> DirectoryLock.take(directory, "Kafka"))
            .isInstanceOf(LocalStackException.class)
            .hasMessage(
                "Kafka is already running in the directory "
                    + directory
                    + ": stop that one or choose another directory.");
      }
    }
  }

  @Test
  void aReleasedDirectoryCanBeTakenAgain() {
    DirectoryLock.take(directory, "Kafka").close();

    try (DirectoryLock second = DirectoryLock.take(directory, "Kafka")) {
      assertThat(second).isNotNull();
    }
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> DirectoryLock.take(file.resolve("x"), "Kafka"))
        .isInstanceOf(LocalStackException.class)
        .hasMessageStartingWith("Kafka cannot use the directory " + file.resolve("x"))
        .hasMessageEndingWith("make it writable or choose another.");
  }
}
