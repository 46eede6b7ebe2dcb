package io.evalstream.jobs.latency;

import io.evalstream.events.Event;
import io.evalstream.events.InvalidEventException;
import java.io.Serializable;

/** What one topic's records say about latency. For one thread. */
public interface Measurer<E extends Event> extends Serializable {

  /**
   * Reads a record, which may be read into the same object every time.
   *
   * @throws InvalidEventException when it does not keep the contract
   */
  E read(byte[] json);

  /** The latest instant that the record speaks of, µs since the epoch. */
  long atUs(E event);

  /** Output tokens that the record speaks of. */
  long tokens(E event);

  /** Adds the record's values to the windows that they belong to. */
  void measure(E event, WindowAccumulators windows);
}
