package io.evalstream.events;

/** What every record written by a producer carries, whatever its topic. */
public interface Event {

  /** The version of the schema that this code reads and writes. */
  int SCHEMA_VERSION = 1;

  /** Schema version, {@link #SCHEMA_VERSION}. */
  int v();

  /** The run that the record belongs to; begins with the run's start date, {@code yyyymmdd}. */
  String runId();

  /** The process that wrote the record (for a {@code lost} record: the process it is about). */
  String producerId();

  /** Position in the producer's stream of records to one partition: 0, 1, 2, … without gaps. */
  long sequence();
}
