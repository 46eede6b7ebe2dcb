package io.evalstream.jobs;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Keeps what a job of this JVM writes, what it writes again after a failure included: at least
 * once, as the topics do.
 *
 * @param id tells sinks apart; unique in the JVM
 */
public record CollectingSink<T>(String id) implements Sink<T> {

  private static final long serialVersionUID = 1L;

  private static final Map<String, Queue<Object>> WRITTEN = new ConcurrentHashMap<>();

  /** What has been written so far. */
  @SuppressWarnings("unchecked") // only sinks of this id write there
  public List<T> written() {
    return (List<T>) List.copyOf(WRITTEN.getOrDefault(id, new ConcurrentLinkedQueue<>()));
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    Queue<Object> written = WRITTEN.computeIfAbsent(id, k -> new ConcurrentLinkedQueue<>());
    return new SinkWriter<>() {
      @Override
      public void write(T element, Context writeContext) {
        written.add(element);
      }

      @Override
      public void flush(boolean endOfInput) {}

      @Override
      public void close() {}
    };
  }
}
