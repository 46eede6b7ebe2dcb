package io.evalstream.local.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evalstream.local.LocalStackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClickHouseLibraryTest {

  private static final String PLATFORM = "Linux amd64 glibc";

  private static final String WORKING_NPM =
      """
      echo run >> "$(dirname "$0")/runs"
      mkdir -p node_modules/@chdb/lib-linux-x64-gnu
      echo engine > node_modules/@chdb/lib-linux-x64-gnu/libchdb.so
      """;

  private static final String FAILING_NPM =
      """
      echo 'npm error code E404'
      echo "npm error 404 Not Found - @chdb/lib-linux-x64-gnu"
      echo 'npm error A complete log of this run can be found in: /somewhere'
      exit 1
      """;

  @TempDir Path directory;
  private final List<String> progress = Collections.synchronizedList(new ArrayList<>());

  @Test
  void theVariableNamesALibraryToUseAsItIs() throws IOException {
    Path named = Files.createFile(directory.resolve("mine.so"));
    ClickHouseLibrary library =
        library(Map.of(ClickHouseLibrary.VARIABLE, named.toString()), PLATFORM);

    assertThat(library.locate(progress::add)).isEqualTo(named);
    assertThat(progress).isEmpty();
  }

  @Test
  void aVariableThatNamesNoFileIsReported() {
    ClickHouseLibrary library =
        library(Map.of(ClickHouseLibrary.VARIABLE, "/none/libchdb.so"), PLATFORM);

    assertThatThrownBy(() -> library.locate(progress::add))
        .isInstanceOf(LocalStackException.class)
        .hasMessage(
            "EVALSTREAM_CLICKHOUSE_LIBRARY names /none/libchdb.so, which is not a file: correct it"
                + " or unset it.");
  }

  @Test
  void withoutNpmTheSentenceSaysWhatToInstall() {
    assertThatThrownBy(() -> library(Map.of("PATH", ""), PLATFORM).locate(progress::add))
        .isInstanceOf(LocalStackException.class)
        .hasMessage(
            "npm is not on the PATH: install Node.js 18 or newer, or set"
                + " EVALSTREAM_CLICKHOUSE_LIBRARY to a libchdb.so.");
  }

  @Test
  void anotherPlatformIsNamed() {
    assertThatThrownBy(() -> library(Map.of(), "Mac OS X aarch64 no glibc").locate(progress::add))
        .isInstanceOf(LocalStackException.class)
        .hasMessageContaining("this is Mac OS X aarch64 no glibc");
  }

  @Test
  void npmsLastLineIsQuotedAndNothingIsLeft() throws IOException {
    ClickHouseLibrary library = library(Map.of("PATH", npm(FAILING_NPM)), PLATFORM);

    assertThatThrownBy(() -> library.locate(progress::add))
        .isInstanceOf(LocalStackException.class)
        .hasMessageContaining("(status 1): npm error 404 Not Found - @chdb/lib-linux-x64-gnu");
    assertThat(installation()).doesNotExist();
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    ClickHouseLibrary library =
        library(
            Map.of("PATH", npm(WORKING_NPM), "XDG_CACHE_HOME", file.resolve("x").toString()),
            PLATFORM);

    assertThatThrownBy(() -> library.locate(progress::add))
        .isInstanceOf(LocalStackException.class)
        .hasMessageContaining(file.toString())
        .hasMessageEndingWith("make the directory writable or set XDG_CACHE_HOME to another.");
  }

  @Test
  void manyWhoAskAtOnceInstallOnce() throws IOException {
    String path = npm(WORKING_NPM);
    ClickHouseLibrary library = library(Map.of("PATH", path), PLATFORM);

    List<CompletableFuture<Path>> asked =
        IntStream.range(0, 4)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> library.locate(progress::add)))
            .toList();
    List<Path> located = asked.stream().map(CompletableFuture::join).distinct().toList();

    assertThat(located).containsExactly(NpmPackage.libraryIn(installation()));
    assertThat(Files.readAllLines(Path.of(path).resolve("runs"))).hasSize(1);
    assertThat(progress).hasSize(1);
  }

  @Test
  void theInstallationIsReplacedWhenItsLibraryIsGone() throws IOException {
    ClickHouseLibrary library = library(Map.of("PATH", npm(WORKING_NPM)), PLATFORM);
    Files.createDirectories(installation());
    Files.createFile(installation().resolve("left-over"));

    Path located = library.locate(progress::add);

    assertThat(located).hasContent("engine\n");
    try (Stream<Path> beside = Files.list(installation().getParent())) {
      assertThat(beside.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "clickhouse-26.7.3-stable.1", "clickhouse-26.7.3-stable.1.lock");
    }
  }

  @Test
  void theLockFileHoldsTheVersionAndNoAddress() throws IOException {
    String lock =
        new String(
            ClickHouseLibrary.class.getResourceAsStream("package-lock.json").readAllBytes(),
            java.nio.charset.StandardCharsets.UTF_8);

    assertThat(lock)
        .contains("\"version\": \"" + ClickHouseLibrary.VERSION + "\"")
        .contains("\"integrity\": \"sha512-")
        .doesNotContain("\"resolved\"");
  }

  private ClickHouseLibrary library(Map<String, String> environment, String platform) {
    return new ClickHouseLibrary(environment, platform, directory.resolve("home"));
  }

  private Path installation() {
    return directory.resolve("home/.cache/evalstream/clickhouse-" + ClickHouseLibrary.VERSION);
  }

  private String npm(String body) throws IOException {
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Path npm = Files.writeString(bin.resolve("npm"), "#!/bin/sh\n" + body);
    assertThat(npm.toFile().setExecutable(true)).isTrue();
    return bin.toString();
  }
}
