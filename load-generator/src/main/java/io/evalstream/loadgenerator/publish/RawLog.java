package io.evalstream.loadgenerator.publish;

import io.evalstream.events.Event;
import io.evalstream.events.EventCodec;
import io.evalstream.events.RequestOutcome;
import io.evalstream.events.TokenTimings;
import io.evalstream.events.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;

/**
 * A line of JSON for each request as it finishes: the record of topic {@code request-outcomes},
 * with the number of the line as {@code sequence}, and with the gaps between its chunks as {@code
 * gaps_us} if they are wanted.
 *
 * <p>{@link #add} never waits: a thread of the log's own writes, fed by a bounded queue. Lines that
 * find it full or cannot be written are lost and counted. Gaps are left out of a line when one of
 * their records found the queue full.
 *
 * <p>The file is locked while it is written, and no longer, however the process ends: whoever wants
 * a whole log waits for the lock.
 */
public final class RawLog implements AutoCloseable {

  private static final int DEFAULT_CAPACITY = 1 << 14;
  private static final int BUFFER = 64 << 10;
  private static final long IDLE_MS = 500;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final Path file;
  private final OutputStream out;
  private final boolean gaps;
  private final BlockingQueue<Item> queue;
  private final Thread thread;
  private final LongAdder overflowed = new LongAdder();
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(BUFFER);
  private final Map<String, Gaps> gapsOf = new LinkedHashMap<>();
  private int buffered;
  private final LongAdder written = new LongAdder();
  private final LongAdder unwritten = new LongAdder();
  private volatile String problem;
  private volatile boolean closing;

  private record Item(LongFunction<? extends Event> event) {}

  /** The gaps of a request that is not over; for one thread. */
  private static final class Gaps {
    int[] us = new int[64];
    int count;

    void add(int[] more) {
      if (count + more.length > us.length) {
        us = Arrays.copyOf(us, Math.max(us.length * 2, count + more.length));
      }
      System.arraycopy(more, 0, us, count, more.length);
      count += more.length;
    }
  }

  /**
   * Begins a file.
   *
   * @param gaps whether lines have the gaps between chunks
   * @throws IllegalArgumentException when there is such a file, or it cannot be made
   */
  public static RawLog open(Path file, boolean gaps) {
    Path directory = file.toAbsolutePath().getParent();
    try {
      Files.createDirectories(directory);
      return new RawLog(file, locked(file), gaps, DEFAULT_CAPACITY);
    } catch (FileAlreadyExistsException e) {
      throw new IllegalArgumentException(
          Files.isDirectory(directory)
              ? "The raw log " + file + " exists: give another run-id or another place"
              : "The raw log "
                  + file
                  + " cannot be made (its directory is a file): name another place",
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The raw log " + file + " cannot be made (" + reason(e) + "): name another place", e);
    }
  }

  private static OutputStream locked(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    channel.tryLock();
    return Channels.newOutputStream(channel);
  }

  RawLog(Path file, OutputStream out, boolean gaps, int capacity) {
    this.file = file;
    this.out = out;
    this.gaps = gaps;
    this.queue = new ArrayBlockingQueue<>(capacity);
    thread = new Thread(this::work, "evalstream-raw-log");
    thread.setDaemon(true);
    thread.start();
  }

  /** Takes what the log needs of what is published. Safe for many threads. */
  void add(Topic topic, LongFunction<? extends Event> event) {
    boolean outcome = topic == Topic.REQUEST_OUTCOMES;
    if (!outcome && !(gaps && topic == Topic.TOKEN_TIMINGS)) {
      return;
    }
    if ((closing || !queue.offer(new Item(event))) && outcome) {
      overflowed.increment();
    }
  }

  /** Writes what was added, and ends the file; one without any line is taken away. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join(CLOSE_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the file lacks and why, in one sentence, once it is closed; empty when it has it all. */
  public Optional<String> trouble() {
    long lost = overflowed.sum() + unwritten.sum();
    if (thread.isAlive()) {
      return Optional.of("The raw log " + file + " is not complete: the disk does not take it");
    }
    if (lost == 0 && problem == null) {
      return Optional.empty();
    }
    return Optional.of(
        "The raw log %s has %,d requests and lacks %,d: %s"
            .formatted(
                file,
                written.sum(),
                lost,
                problem == null ? "the disk was slower than the run" : problem));
  }

  private void work() {
    try {
      while (true) {
        boolean last = closing;
        Item item = queue.poll(last ? 0 : IDLE_MS, TimeUnit.MILLISECONDS);
        if (item != null) {
          take(item);
        } else {
          write();
          if (last) {
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  private void take(Item item) {
    try {
      Event event = item.event().apply(written.sum() + buffered);
      if (event instanceof TokenTimings part) {
        if (problem == null) {
          gapsOf.computeIfAbsent(part.requestId(), id -> new Gaps()).add(part.gapsUs());
        }
      } else if (event instanceof RequestOutcome outcome) {
        line(outcome);
      }
    } catch (RuntimeException e) {
      unwritten.increment();
      problem = problem == null ? "a request could not be written as JSON" : problem;
    }
  }

  private void line(RequestOutcome outcome) {
    Gaps own = gapsOf.remove(outcome.requestId());
    if (problem != null) {
      unwritten.increment();
      return;
    }
    byte[] json = EventCodec.encode(outcome);
    if (own != null && own.count == outcome.chunks() - 1) {
      // into the object, before the brace that ends it
      buffer.write(json, 0, json.length - 1);
      String list = Arrays.toString(Arrays.copyOf(own.us, own.count)).replace(" ", "");
      buffer.writeBytes((",\"gaps_us\":" + list + "}").getBytes(StandardCharsets.US_ASCII));
    } else {
      buffer.writeBytes(json);
    }
    buffer.write('\n');
    buffered++;
    if (buffer.size() >= BUFFER) {
      write();
    }
  }

  private void write() {
    if (buffered == 0) {
      return;
    }
    try {
      buffer.writeTo(out);
      written.add(buffered);
    } catch (IOException e) {
      problem = reason(e);
      unwritten.add(buffered);
      gapsOf.clear();
    }
    buffered = 0;
    buffer.reset();
  }

  private void end() {
    try {
      out.close();
      if (written.sum() == 0 && problem == null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      problem = problem == null ? reason(e) : problem;
    }
  }

  private static String reason(IOException e) {
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
