package io.evalstream.jobs.store;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.jdbc.core.datastream.sink.JdbcSink;
import org.apache.flink.connector.jdbc.core.datastream.sink.committer.JdbcCommitable;
import org.apache.flink.connector.jdbc.core.datastream.sink.writer.JdbcWriter;
import org.apache.flink.connector.jdbc.core.datastream.sink.writer.JdbcWriterState;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JDBC sink, whose writers close even when the database is away. The connector's own flush once
 * more when they are closed and throw when that fails, and Flink ends the whole task manager, with
 * every other job on it, when a failed task cannot be closed. What is not written then is read
 * again after the last checkpoint.
 */
final class ClickHouseSink<T>
    implements Sink<T>, SupportsWriterState<T, JdbcWriterState>, SupportsCommitter<JdbcCommitable> {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ClickHouseSink.class);

  private final JdbcSink<T> jdbc;

  ClickHouseSink(JdbcSink<T> jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Writer<T> createWriter(WriterInitContext context) throws IOException {
    return new Writer<>(jdbc.createWriter(context));
  }

  @Override
  public Writer<T> restoreWriter(WriterInitContext context, Collection<JdbcWriterState> state)
      throws IOException {
    return new Writer<>(jdbc.restoreWriter(context, state));
  }

  @Override
  public SimpleVersionedSerializer<JdbcWriterState> getWriterStateSerializer() {
    return jdbc.getWriterStateSerializer();
  }

  @Override
  public Committer<JdbcCommitable> createCommitter(CommitterInitContext context)
      throws IOException {
    return jdbc.createCommitter(context);
  }

  @Override
  public SimpleVersionedSerializer<JdbcCommitable> getCommittableSerializer() {
    return jdbc.getCommittableSerializer();
  }

  private static final class Writer<T>
      implements StatefulSinkWriter<T, JdbcWriterState>, CommittingSinkWriter<T, JdbcCommitable> {

    private final JdbcWriter<T> jdbc;

    Writer(JdbcWriter<T> jdbc) {
      this.jdbc = jdbc;
    }

    @Override
    public void write(T element, Context context) throws IOException, InterruptedException {
      jdbc.write(element, context);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
      jdbc.flush(endOfInput);
    }

    @Override
    public Collection<JdbcCommitable> prepareCommit() throws IOException, InterruptedException {
      return jdbc.prepareCommit();
    }

    @Override
    public List<JdbcWriterState> snapshotState(long checkpointId) throws IOException {
      return jdbc.snapshotState(checkpointId);
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
