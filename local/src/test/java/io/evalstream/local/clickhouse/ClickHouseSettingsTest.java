package io.evalstream.local.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evalstream.local.LocalStackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClickHouseSettingsTest {

  @TempDir Path directory;

  @Test
  void defaultsAreAnyPortAndThisClassPath() throws IOException {
    Path library = Files.createFile(directory.resolve("libchdb.so"));

    ClickHouseSettings settings = ClickHouseSettings.of(library, directory);

    assertThat(settings.port()).isZero();
    assertThat(settings.classPath()).isEqualTo(System.getProperty("java.class.path"));
    assertThat(settings.withPort(8123).port()).isEqualTo(8123);
  }

  @Test
  void aMissingLibraryIsNamed() {
    Path library = directory.resolve("libchdb.so");

    assertThatThrownBy(() -> ClickHouseSettings.of(library, directory))
        .isInstanceOf(LocalStackException.class)
        .hasMessageContaining(library.toString());
  }

  @Test
  void anEmptyClassPathIsRefused() throws IOException {
    Path library = Files.createFile(directory.resolve("libchdb.so"));

    assertThatThrownBy(() -> new ClickHouseSettings(library, directory, 0, " "))
        .isInstanceOf(LocalStackException.class)
        .hasMessageContaining("class path");
  }
}
