package io.evalstream.cli;

import io.evalstream.cli.terminal.Cells;
import io.evalstream.local.stack.StackAddresses;
import java.io.PrintWriter;

/** The addresses of a stack, for people. */
final class Addresses {

  private static final int NAME_WIDTH = 12;

  private Addresses() {}

  static void print(StackAddresses addresses, Messages messages, PrintWriter out) {
    line(out, "Kafka", addresses.kafka());
    line(out, "Flink", addresses.flink() + "  " + messages.get("addresses.flink"));
    line(out, "Prometheus", addresses.metrics() + "  " + messages.get("addresses.metrics"));
    line(out, "ClickHouse", addresses.clickhouseHttp() + "/play  " + messages.get("addresses.sql"));
    line(out, "JDBC", addresses.clickhouse());
    line(out, "S3", addresses.s3());
  }

  private static void line(PrintWriter out, String name, String address) {
    out.println("  " + Cells.left(name, NAME_WIDTH) + address);
  }
}
