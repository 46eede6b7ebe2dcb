package io.evalstream.jobs.clickhouse;

import java.io.IOException;
import java.sql.PreparedStatement;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.JdbcStatementBuilder;
import org.apache.flink.connector.jdbc.core.datastream.sink.JdbcSink;

/**
 * Flink's JDBC sink, at least once, whose inserts are measured.
 *
 * @param <T> what becomes a row
 */
public final class ClickHouseSink<T> implements Sink<T> {

  private static final long serialVersionUID = 1L;

  private final ClickHouseConnection clickHouse;
  private final JdbcExecutionOptions batches;
  private final String insert;
  private final JdbcStatementBuilder<T> rows;

  /**
   * @param insert one group of question marks
   * @param rows sets them
   */
  public ClickHouseSink(
      ClickHouseConnection clickHouse,
      JdbcExecutionOptions batches,
      String insert,
      JdbcStatementBuilder<T> rows) {
    this.clickHouse = clickHouse;
    this.batches = batches;
    this.insert = insert;
    this.rows = rows;
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
    InsertMetrics metrics = new InsertMetrics(context.metricGroup());
    return JdbcSink.<T>builder()
        .withQueryStatement(
            insert,
            (statement, element) -> rows.accept(statement.unwrap(PreparedStatement.class), element))
        .withExecutionOptions(batches)
        .buildAtLeastOnce(new MeteredConnections(clickHouse.writer(), metrics))
        .createWriter(context);
  }
}
