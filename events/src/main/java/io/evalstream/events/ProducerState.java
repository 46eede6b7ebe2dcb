package io.evalstream.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * What one producer of a run is doing, on topic {@code runs} under key {@code run_id/producer_id}.
 *
 * <p>A {@code lost} record is written by the serving job about a producer that went silent; its
 * sequence is the last one that the producer itself wrote.
 *
 * @param type what happened
 * @param status how the producer ended; null unless {@code finished}
 * @param reason why, in one sentence; null when all went to plan
 * @param sent what Kafka has acknowledged so far, by topic name; when {@code finished} also what
 *     was kept to be sent before this record
 * @param shard which part of the plan it sends, from 0; null when it does not tell
 * @param doubts why the percentiles of what it measured are not the server's alone, one sentence
 *     for each cause; empty when they are, null when it has not judged, as before it has finished
 */
public record ProducerState(
    int v,
    String runId,
    String producerId,
    long sequence,
    long atUs,
    Type type,
    Status status,
    String reason,
    Map<String, SentCount> sent,
    Integer shard,
    List<String> doubts)
    implements RunRecord {

  /** What happened to the producer. */
  public enum Type {
    /** It is about to send its first request. */
    @JsonProperty("started")
    STARTED("started"),
    /** It is alive; written every five seconds. */
    @JsonProperty("heartbeat")
    HEARTBEAT("heartbeat"),
    /** It has ended and will write nothing more. */
    @JsonProperty("finished")
    FINISHED("finished"),
    /** It went silent without finishing. */
    @JsonProperty("lost")
    LOST("lost");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    /** The form on the wire and in ClickHouse. */
    public String text() {
      return text;
    }
  }

  /** How a producer ended. */
  public enum Status {
    /** Everything planned was done. */
    @JsonProperty("completed")
    COMPLETED("completed"),
    /** Somebody stopped it. */
    @JsonProperty("aborted")
    ABORTED("aborted"),
    /** It could not go on. */
    @JsonProperty("failed")
    FAILED("failed"),
    /** A verdict was reached before the end. */
    @JsonProperty("stopped_by_verdict")
    STOPPED_BY_VERDICT("stopped_by_verdict");

    private final String text;

    Status(String text) {
      this.text = text;
    }

    /** The form on the wire and in ClickHouse. */
    public String text() {
      return text;
    }
  }

  /**
   * What a producer published to one topic.
   *
   * @param records records, each counted once however often it was sent
   * @param tokens output tokens that those records speak of; 0 for topics that speak of none
   */
  public record SentCount(long records, long tokens) {

    /**
     * Validates the shape.
     *
     * @throws InvalidEventException naming the field at fault
     */
    public SentCount {
      Checks.notNegative("sent.records", records);
      Checks.notNegative("sent.tokens", tokens);
    }
  }

  /**
   * Validates the shape.
   *
   * @throws InvalidEventException naming the field at fault
   */
  public ProducerState {
    Checks.common(v, runId, producerId, sequence);
    Checks.instant("at_us", atUs);
    Checks.present("type", type);
    Checks.byName("sent", sent);
    Checks.notNegative("shard", shard == null ? null : shard.longValue());
    doubts = Checks.optionalSentences("doubts", doubts);
    if ((type == Type.FINISHED) != (status != null)) {
      throw new InvalidEventException("status belongs to finished records and to no others");
    }
  }

  @Override
  public String key() {
    return runId + "/" + producerId;
  }

  /** Whether the producer will write nothing more, as far as is known. */
  public boolean ended() {
    return type == Type.FINISHED || type == Type.LOST;
  }
}
