package io.evalstream.jobs.clickhouse;

import java.io.IOException;
import java.sql.PreparedStatement;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.JdbcStatementBuilder;
import org.apache.flink.connector.jdbc.core.datastream.sink.JdbcSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flink's JDBC sink, at least once, whose inserts are measured and whose writers close even when
 * the database is away. The connector's own writers flush once more when they are closed and throw
 * when that fails, and Flink ends the whole task manager, with every other job on it, when a failed
 * task cannot be closed. What is not written then is read again after the last checkpoint.
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
    SinkWriter<T> jdbc =
        JdbcSink.<T>builder()
            .withQueryStatement(
                insert,
                (statement, element) ->
                    rows.accept(statement.unwrap(PreparedStatement.class), element))
            .withExecutionOptions(batches)
            .buildAtLeastOnce(new MeteredConnections(clickHouse.writer(), metrics))
            .createWriter(context);
    return new Writer<>(jdbc);
  }

  private record Writer<T>(SinkWriter<T> jdbc) implements SinkWriter<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    @Override
    public void write(T element, Context context) throws IOException, InterruptedException {
      jdbc.write(element, context);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
      jdbc.flush(endOfInput);
    }

    @Override
    public void close() {
      try {
        jdbc.close();
      } catch (Exception e) {
        LOG.warn("store=closed_with_rows_unwritten", e);
      }
    }
  }
}
