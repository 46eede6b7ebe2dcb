package io.evalstream.cli;

import io.evalstream.events.Topic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.apache.kafka.common.utils.Utils;

/** A file of records that wait for Kafka, written by hand as its format says. */
final class SpilledFile {

  private SpilledFile() {}

  /** With one record. */
  static Path write(Path path, Topic topic, String partitionKey, String key, byte[] value)
      throws IOException {
    byte[] name = topic.text().getBytes(StandardCharsets.UTF_8);
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    int partition =
        Utils.toPositive(Utils.murmur2(partitionKey.getBytes(StandardCharsets.UTF_8)))
            % topic.partitions();
    ByteBuffer body =
        ByteBuffer.allocate(2 + name.length + 4 + 4 + keyBytes.length + 8 + value.length)
            .putShort((short) name.length)
            .put(name)
            .putInt(partition)
            .putInt(keyBytes.length)
            .put(keyBytes)
            .putLong(0)
            .put(value);
    CRC32C crc = new CRC32C();
    crc.update(body.array());
    ByteBuffer file =
        ByteBuffer.allocate(8 + 8 + body.capacity())
            .put("evspill1".getBytes(StandardCharsets.US_ASCII))
            .putInt(body.capacity())
            .putInt((int) crc.getValue())
            .put(body.array());
    return Files.write(path, file.array());
  }
}
