package io.evalstream.events;

/**
 * An input that nobody could read, on topic {@code dead-letters}. Its identity is its position;
 * several jobs may report the same one.
 *
 * @param topic where it was
 * @param partition where it was
 * @param offset where it was
 * @param atUs the broker's time of the record
 * @param code kind of trouble, one of a few words
 * @param reason the trouble, in one sentence
 * @param raw its first bytes, at most {@link #MAX_RAW_BYTES}
 * @param rawLength how many bytes it has
 */
public record DeadLetter(
    int v,
    String topic,
    int partition,
    long offset,
    long atUs,
    String code,
    String reason,
    byte[] raw,
    long rawLength) {

  /** No more of the raw record than this is kept, in bytes. */
  public static final int MAX_RAW_BYTES = 65_536;

  /** The code of a record that is not JSON or lacks the contract's shape. */
  public static final String UNREADABLE = "unreadable";

  /** The code of a record whose instant lies ahead of the broker's clock. */
  public static final String CLOCK_AHEAD = "clock_ahead";

  /** The code of a record whose producer is one more of its run than is kept account of. */
  public static final String TOO_MANY_PRODUCERS = "too_many_producers";

  /**
   * Validates the shape.
   *
   * @throws InvalidEventException naming the field at fault
   */
  public DeadLetter {
    Checks.version(v);
    Checks.name("topic", topic);
    Checks.notNegative("partition", partition);
    Checks.notNegative("offset", offset);
    Checks.instant("at_us", atUs);
    Checks.name("code", code);
    Checks.text("reason", reason);
    Checks.present("raw", raw);
    Checks.notNegative("raw_length", rawLength);
  }

  /** The Kafka key: the record's position. */
  public String key() {
    return topic + "/" + partition + "/" + offset;
  }
}
