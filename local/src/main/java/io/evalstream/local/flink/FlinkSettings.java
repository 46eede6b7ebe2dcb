package io.evalstream.local.flink;

import io.evalstream.local.LocalStackException;
import io.evalstream.local.LoopbackPorts;
import java.nio.file.Path;

/**
 * What an {@link EmbeddedFlink} needs to know.
 *
 * @param directory where checkpoints and temporary files are; created when missing; one cluster at
 *     a time
 * @param port the port of the REST interface and the web page on 127.0.0.1, {@link
 *     LoopbackPorts#ANY} for a free one
 * @param slots how many slots the one task manager has; each job takes as many as its parallelism
 */
public record FlinkSettings(Path directory, int port, int slots) {

  /** Enough for the two jobs and an ad-hoc query. */
  public static final int DEFAULT_SLOTS = 4;

  public FlinkSettings {
    directory = directory.toAbsolutePath();
    LoopbackPorts.requireValid(port, "Flink");
    if (slots < 1) {
      throw new LocalStackException("Flink's slots are " + slots + ": give at least 1.");
    }
  }

  /** Any free port and {@link #DEFAULT_SLOTS}. */
  public static FlinkSettings of(Path directory) {
    return new FlinkSettings(directory, LoopbackPorts.ANY, DEFAULT_SLOTS);
  }
}
