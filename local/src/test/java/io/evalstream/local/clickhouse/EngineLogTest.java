package io.evalstream.local.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineLogTest {

  @TempDir Path directory;

  @Test
  void theErrorIsFoundAmongTerminalControls() throws IOException {
    EngineLog log =
        log(
            "\r\u001b[0J\u001b[?25hClickHouse local\n\nReceived exception:\n"
                + "Code: 210. DB::Exception: Listen failed\n\n\u001b[?2004h\u001b[1G:) ");

    assertThat(log.lastError()).contains("Code: 210. DB::Exception: Listen failed");
    assertThat(log.lastWords()).isEqualTo("Code: 210. DB::Exception: Listen failed");
  }

  @Test
  void withoutAnErrorTheLastLineCounts() throws IOException {
    EngineLog log = log("INTO OUTFILE '/DB::Exception/port'\n\u001b[1GBye.\n\n");

    assertThat(log.lastError()).isEmpty();
    assertThat(log.lastWords()).isEqualTo("Bye.");
  }

  @Test
  void aMissingLogSaysSo() {
    assertThat(new EngineLog(directory.resolve("none")).lastWords()).isEqualTo("it wrote nothing");
  }

  private EngineLog log(String text) throws IOException {
    return new EngineLog(Files.writeString(directory.resolve("log"), text));
  }
}
