package io.evalstream.loadgenerator.publish;

import java.nio.file.Path;

/**
 * Where every request of a run is written down.
 *
 * @param directory holds one file for each run; it is made if need be
 * @param gaps whether the gaps between a request's chunks are written, too
 */
public record RawLogOptions(Path directory, boolean gaps) {

  /**
   * The file of a run, or of one of several processes that share it.
   *
   * @param shard the process, from 0
   * @param shards how many there are
   */
  public Path file(String runId, int shard, int shards) {
    return directory.resolve(
        shards == 1 ? runId + ".jsonl" : "%s-%dof%d.jsonl".formatted(runId, shard, shards));
  }
}
