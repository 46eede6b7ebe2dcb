package io.evalstream.events;

/** What every record written by a producer carries, whatever its topic. */
public interface Event {

  /** The version of the schema that this code reads and writes. */
  int SCHEMA_VERSION = 1;

  /**
   * Characters of a text that names something: a producer, a scenario, a request, a model, a
   * server. Results repeat names, so what is longer could make them larger than Kafka takes.
   */
  int MAX_NAME = 300;

  /** Entries of a map or list of names. */
  int MOST_NAMES = 100;

  /** Whether a text is short enough to be a name. */
  static boolean isName(String text) {
    return text.length() <= MAX_NAME || text.codePointCount(0, text.length()) <= MAX_NAME;
  }

  /** Schema version, {@link #SCHEMA_VERSION}. */
  int v();

  /** The run that the record belongs to; begins with the run's start date, {@code yyyymmdd}. */
  String runId();

  /** The process that wrote the record (for a {@code lost} record: the process it is about). */
  String producerId();

  /** Position in the producer's stream of records to one partition: 0, 1, 2, … without gaps. */
  long sequence();
}
