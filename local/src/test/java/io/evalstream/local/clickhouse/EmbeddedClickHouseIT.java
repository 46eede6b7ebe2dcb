package io.evalstream.local.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.evalstream.local.LocalStackException;
import io.evalstream.local.TestJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedClickHouseIT {

  private static final int ROWS = 100_000;
  private static final Duration LEAVE = Duration.ofSeconds(20);

  private static Path library;

  @TempDir Path directory;

  @BeforeAll
  static void locateLibrary() {
    library = ClickHouseLibrary.ofThisUser().locate(line -> {});
  }

  @Test
  void rowsGoInAndOutAndAMalformedRequestDoesNotEndIt() throws Exception {
    try (EmbeddedClickHouse clickHouse = start()) {
      insertRows(clickHouse);
      assertThat(countAndSum(clickHouse)).isEqualTo(expectedCountAndSum());

      for (String garbage :
          new String[] {"GET\r\n\r\n", "\0\1\2\3\r\n\r\n", "POST / HTTP/9\r\n\r\n"}) {
        send(clickHouse.port(), garbage);
      }

      assertThat(countAndSum(clickHouse)).isEqualTo(expectedCountAndSum());
      assertThat(clickHouse.isAlive()).isTrue();
    }
  }

  @Test
  void aGracefulCloseLeavesNoProcessAndKeepsTheRows() throws Exception {
    EmbeddedClickHouse first = start();
    insertRows(first);

    first.close();

    assertThat(ProcessHandle.of(first.pid())).isEmpty();
    ClickHouseSettings samePort = ClickHouseSettings.of(library, directory).withPort(first.port());
    try (EmbeddedClickHouse second = EmbeddedClickHouse.start(samePort)) {
      assertThat(second.port()).isEqualTo(first.port());
      assertThat(countAndSum(second)).isEqualTo(expectedCountAndSum());
    }
  }

  @Test
  void aKillLosesNothing() throws Exception {
    EmbeddedClickHouse first = start();
    insertRows(first);

    kill(first.pid());
    first.close();

    try (EmbeddedClickHouse second = start()) {
      assertThat(countAndSum(second)).isEqualTo(expectedCountAndSum());
    }
  }

  @Test
  void sigtermEndsItGracefully() throws Exception {
    EmbeddedClickHouse first = start();
    insertRows(first);

    ProcessHandle.of(first.pid()).orElseThrow().destroy();

    await().atMost(LEAVE).until(() -> !first.isAlive());
    first.close();
    try (EmbeddedClickHouse second = start()) {
      assertThat(countAndSum(second)).isEqualTo(expectedCountAndSum());
    }
  }

  @Test
  void theChildLeavesWhenItsParentIsKilledAndASuccessorWaitsForIt() throws Exception {
    long child;
    try (TestJvm parent =
        TestJvm.start(ClickHouseHolder.class, library.toString(), directory.toString())) {
      child = Long.parseLong(parent.firstLine());
      assertThat(ProcessHandle.of(child)).isPresent();
    }

    try (EmbeddedClickHouse successor = start()) {
      assertThat(successor.isAlive()).isTrue();
    }
    await().atMost(LEAVE).until(() -> ProcessHandle.of(child).isEmpty());
  }

  @Test
  void aTakenPortIsOneSentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ClickHouseSettings settings =
          ClickHouseSettings.of(library, directory).withPort(taken.getLocalPort());

      assertThatThrownBy(() -> EmbeddedClickHouse.start(settings))
          .isInstanceOf(LocalStackException.class)
          .hasMessageContaining("Port " + taken.getLocalPort() + " for ClickHouse");
    }
  }

  @Test
  void aSecondEngineOnTheSameDirectoryIsRefused() {
    try (EmbeddedClickHouse first = start()) {
      assertThatThrownBy(this::start)
          .isInstanceOf(LocalStackException.class)
          .hasMessageStartingWith("ClickHouse is already running in the directory " + directory);
      assertThat(first.isAlive()).isTrue();
    }
  }

  @Test
  void anEngineThatDoesNotStartIsQuoted() throws Exception {
    Path noLibrary = Files.writeString(directory.resolve("libchdb.so"), "not a library");

    assertThatThrownBy(() -> EmbeddedClickHouse.start(ClickHouseSettings.of(noLibrary, directory)))
        .isInstanceOf(LocalStackException.class)
        .hasMessageStartingWith("ClickHouse did not start: ")
        .hasMessageContaining("clickhouse.log");
  }

  private EmbeddedClickHouse start() {
    return EmbeddedClickHouse.start(ClickHouseSettings.of(library, directory));
  }

  private static void insertRows(EmbeddedClickHouse clickHouse) throws SQLException {
    try (Connection connection = connect(clickHouse)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE t (n UInt64, s String) ENGINE = MergeTree ORDER BY n");
      }
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
        for (int n = 0; n < ROWS; n++) {
          insert.setLong(1, n);
          insert.setString(2, "row " + n);
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }
  }

  private static String countAndSum(EmbeddedClickHouse clickHouse) throws SQLException {
    try (Connection connection = connect(clickHouse);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(), sum(n), uniqExact(s) FROM t")) {
      rows.next();
      return rows.getLong(1) + " " + rows.getLong(2) + " " + rows.getLong(3);
    }
  }

  private static String expectedCountAndSum() {
    return ROWS + " " + (ROWS - 1L) * ROWS / 2 + " " + ROWS;
  }

  private static Connection connect(EmbeddedClickHouse clickHouse) throws SQLException {
    return DriverManager.getConnection(clickHouse.jdbcUrl(), "default", "");
  }

  private static void send(int port, String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }
  }

  private static void kill(long pid) {
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
  }
}
