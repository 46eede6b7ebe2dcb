package io.evalstream.cli.load;

import io.evalstream.loadgenerator.Shard;
import java.time.Instant;
import picocli.CommandLine.Option;

/** Which part of the plan this process sends. */
final class ShardOptions {

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description =
          "Send part I (from 0) of a plan that N processes share; give all the same --run-id and"
              + " --seed.")
  private String shard;

  @Option(
      names = "--start-at",
      paramLabel = "TIME",
      description = "When all of them start, as 2026-01-31T12:00:00Z; at once when left out.")
  private Instant startAt;

  Shard shard() {
    return shard == null ? new Shard(0, 1, startAt) : Shard.parse(shard, startAt);
  }
}
