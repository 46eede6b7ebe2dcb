package io.evalstream.local.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ClickHouseChildTest {

  @Test
  void theCommandListensOnLoopbackAndWritesThePort() {
    assertThat(ClickHouseChild.commandLine(Path.of("/data"), "/conf/engine.xml", 8123))
        .startsWith("clickhouse", "--config-file=/conf/engine.xml", "--path=/data")
        .contains("--http_port=8123", "--listen_host=127.0.0.1", "--interactive")
        .endsWith(
            "SYSTEM START LISTEN HTTP; SELECT getServerPort('http_port') INTO OUTFILE '/data/port'"
                + " TRUNCATE FORMAT TSV");
  }

  @Test
  void aQuoteInTheDirectoryIsEscaped() {
    String[] command = ClickHouseChild.commandLine(Path.of("/it's \\here"), "engine.xml", 0);

    assertThat(command[command.length - 1])
        .contains("INTO OUTFILE '/it\\'s \\\\here/port' TRUNCATE");
  }
}
