package io.evalstream.events;

/** A record on topic {@code runs}: the plan of a run, or what one of its producers is doing. */
public sealed interface RunRecord extends Event permits RunPlan, ProducerState {

  /** The instant that the record was written at. */
  long atUs();

  /** The Kafka key: {@code run_id/plan} or {@code run_id/producer_id}. */
  String key();
}
