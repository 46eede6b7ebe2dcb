package io.evalstream.loadgenerator.publish;

import io.evalstream.events.Topic;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Records in a file, in order: eight bytes that name the format, then for each record its length (4
 * bytes), the CRC-32C of what follows (4 bytes), and topic, partition, key, tokens and value. A
 * record that was cut by the end of its process is not there. While a process uses the file it
 * holds a lock on it, by which the file of a live process is told from one that was left behind.
 * For one thread.
 */
final class SpillFile implements AutoCloseable {

  private static final byte[] FORMAT = "evspill1".getBytes(StandardCharsets.US_ASCII);
  private static final String SUFFIX = ".spill";
  private static final int HEAD = 8;
  private static final int MAX_RECORD = 64 << 20;

  private final Path path;
  private final RandomAccessFile content;
  private long readAt = FORMAT.length;
  private long end = FORMAT.length;

  private SpillFile(Path path, RandomAccessFile content) {
    this.path = path;
    this.content = content;
  }

  /** Makes the file of a producer of a run; there is none yet. */
  static SpillFile create(Path directory, String runId, String producerId) throws IOException {
    Files.createDirectories(directory);
    Path path = directory.resolve(runId + "." + producerId + SUFFIX);
    Files.createFile(path);
    SpillFile file = open(path);
    file.content.write(FORMAT);
    return file;
  }

  /**
   * Opens a file that was left behind, to read it.
   *
   * @throws IOException also when it is none, or when its process lives
   */
  static SpillFile leftBehind(Path path) throws IOException {
    SpillFile file = open(path);
    byte[] format = new byte[FORMAT.length];
    file.end = file.content.length();
    if (!file.read(format, 0) || !Arrays.equals(format, FORMAT)) {
      file.close();
      throw new IOException(path + " is no file of records that wait for Kafka");
    }
    return file;
  }

  /** The first file in the directory whose process is gone. */
  static Optional<Path> firstLeftBehind(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path path : files) {
        if (isLeftBehind(path)) {
          return Optional.of(path);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isLeftBehind(Path path) throws IOException {
    try (FileChannel other = FileChannel.open(path, StandardOpenOption.WRITE)) {
      return other.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static SpillFile open(Path path) throws IOException {
    // not a channel: its operations end for good when their thread is interrupted
    RandomAccessFile content = new RandomAccessFile(path.toFile(), "rw");
    try {
      if (content.getChannel().tryLock() == null) {
        throw new IOException(path + " is in use by a process that lives");
      }
    } catch (OverlappingFileLockException e) {
      content.close();
      throw new IOException(path + " is in use by this process", e);
    } catch (IOException e) {
      content.close();
      throw e;
    }
    return new SpillFile(path, content);
  }

  Path path() {
    return path;
  }

  /** How large the file is. */
  long size() {
    return end;
  }

  /** Writes a record behind the others. */
  void append(OutgoingRecord record) throws IOException {
    byte[] topic = record.topic().text().getBytes(StandardCharsets.UTF_8);
    int length = 2 + topic.length + 4 + 4 + record.key().length + 8 + record.value().length;
    ByteBuffer buffer = ByteBuffer.allocate(HEAD + length);
    buffer.putInt(length).putInt(0);
    buffer.putShort((short) topic.length).put(topic).putInt(record.partition());
    buffer.putInt(record.key().length).put(record.key());
    buffer.putLong(record.tokens()).put(record.value());
    buffer.putInt(4, crc(buffer.array(), HEAD, length));
    content.seek(end);
    content.write(buffer.array());
    end += HEAD + length;
  }

  /**
   * Reads the next record.
   *
   * @return null at the end, which is also where a record was cut
   * @throws IOException also when a record is not what was written
   */
  OutgoingRecord next() throws IOException {
    byte[] head = new byte[HEAD];
    if (!read(head, readAt)) {
      return null;
    }
    int length = ByteBuffer.wrap(head).getInt();
    if (length < 0 || length > MAX_RECORD) {
      throw damaged();
    }
    byte[] body = new byte[length];
    if (!read(body, readAt + HEAD)) {
      return null;
    }
    if (crc(body, 0, length) != ByteBuffer.wrap(head).getInt(4)) {
      throw damaged();
    }
    readAt += HEAD + length;
    return parse(ByteBuffer.wrap(body));
  }

  /** Forgets every record. */
  void clear() throws IOException {
    content.setLength(FORMAT.length);
    readAt = FORMAT.length;
    end = FORMAT.length;
  }

  /** Closes the file and leaves it where it is. */
  @Override
  public void close() throws IOException {
    content.close();
  }

  /** Closes the file and removes it. */
  void delete() throws IOException {
    content.close();
    Files.delete(path);
  }

  private OutgoingRecord parse(ByteBuffer body) throws IOException {
    String name = new String(bytes(body, body.getShort()), StandardCharsets.UTF_8);
    int partition = body.getInt();
    byte[] key = bytes(body, body.getInt());
    long tokens = body.getLong();
    byte[] value = bytes(body, body.remaining());
    for (Topic topic : Topic.values()) {
      if (topic.text().equals(name)) {
        return new OutgoingRecord(topic, partition, key, value, tokens);
      }
    }
    throw new IOException(path + " holds records of topic " + name + ", which there is not");
  }

  private static byte[] bytes(ByteBuffer from, int length) {
    byte[] bytes = new byte[length];
    from.get(bytes);
    return bytes;
  }

  private IOException damaged() {
    return new IOException(path + " is damaged at byte " + readAt);
  }

  private static int crc(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  /** Fills the array; false when the records end before. */
  private boolean read(byte[] bytes, long at) throws IOException {
    if (at + bytes.length > end) {
      return false;
    }
    content.seek(at);
    content.readFully(bytes);
    return true;
  }
}
