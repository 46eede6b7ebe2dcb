package io.evalstream.jobs.kafka;

import io.evalstream.events.EventCodec;
import io.evalstream.events.Topic;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.function.SerializableFunction;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;

/** The topics as sources and sinks of a job. */
public final class KafkaTopics {

  private final KafkaConnection kafka;
  private final String groupId;

  /**
   * @param groupId the job's consumer group: its offsets show how far it is
   */
  public KafkaTopics(KafkaConnection kafka, String groupId) {
    this.kafka = kafka;
    this.groupId = groupId;
  }

  /** A topic from its first record on: for jobs that rebuild what they know. */
  public DataStream<RawRecord> fromBeginning(
      StreamExecutionEnvironment env, Topic topic, WatermarkStrategy<RawRecord> watermarks) {
    return read(env, topic, OffsetsInitializer.earliest(), watermarks);
  }

  /** A topic from where the group stopped: for jobs that only hand on. */
  @SuppressWarnings("deprecation") // the connector asks for Kafka's deprecated enum
  public DataStream<RawRecord> fromCommitted(StreamExecutionEnvironment env, Topic topic) {
    return read(
        env,
        topic,
        OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST),
        WatermarkStrategy.noWatermarks());
  }

  private DataStream<RawRecord> read(
      StreamExecutionEnvironment env,
      Topic topic,
      OffsetsInitializer start,
      WatermarkStrategy<RawRecord> watermarks) {
    KafkaSource<RawRecord> source =
        KafkaSource.<RawRecord>builder()
            .setBootstrapServers(kafka.bootstrapServers())
            .setProperties(kafka.clientProperties())
            .setProperty("commit.offsets.on.checkpoint", "true")
            .setGroupId(groupId)
            .setClientIdPrefix(groupId + "-" + topic.text())
            .setTopics(topic.text())
            .setStartingOffsets(start)
            .setDeserializer(new RawRecordDeserializer())
            .build();
    return env.fromSource(source, watermarks, topic.text()).uid(topic.text() + "-source");
  }

  /** A sink that hands every record to the topic at least once, partitioned by its key. */
  public <T> KafkaSink<T> sink(Topic topic, SerializableFunction<T, String> key) {
    return sink(topic, key, key);
  }

  /** A sink whose records are partitioned by something other than their key. */
  public <T> KafkaSink<T> sink(
      Topic topic,
      SerializableFunction<T, String> key,
      SerializableFunction<T, String> partitionKey) {
    String name = topic.text();
    int partitions = topic.partitions();
    return KafkaSink.<T>builder()
        .setBootstrapServers(kafka.bootstrapServers())
        .setKafkaProducerConfig(kafka.clientProperties())
        .setProperty("compression.type", "lz4")
        .setProperty("linger.ms", "5")
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(
            (element, context, timestamp) ->
                new ProducerRecord<>(
                    name,
                    partition(utf8(partitionKey.apply(element)), partitions),
                    utf8(key.apply(element)),
                    EventCodec.encode(element)))
        .build();
  }

  /** As Kafka's own partitioner does for records with a key. */
  private static int partition(byte[] key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
