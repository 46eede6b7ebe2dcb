package io.evalstream.local.clickhouse;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Holds an engine until it is killed. Prints the engine's process id. */
final class ClickHouseHolder {

  private ClickHouseHolder() {}

  public static void main(String[] arguments) throws InterruptedException {
    EmbeddedClickHouse clickHouse =
        EmbeddedClickHouse.start(
            ClickHouseSettings.of(Path.of(arguments[0]), Path.of(arguments[1])));
    System.out.println(clickHouse.pid());
    new CountDownLatch(1).await();
  }
}
