package io.evalstream.local.stack;

import static org.awaitility.Awaitility.await;

import io.evalstream.jobs.serving.ServingJob;
import io.evalstream.local.FileTrees;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No test: makes what {@link GoldenSavepointIT} restores, by {@code make golden-savepoint}. */
class GoldenSavepointMaker {

  private static final int REQUESTS = 60;
  private static final List<String> READ =
      List.of("token-timings", "request-outcomes", "generator-health", "server-metrics", "runs");

  @TempDir private Path directory;

  @Test
  void make() throws Exception {
    FileTrees.delete(GoldenSavepoint.DIRECTORY);
    Files.createDirectories(GoldenSavepoint.DIRECTORY);
    try (FaultStack stack = FaultStack.start(directory, directory.resolve("checkpoints"))) {
      FaultStack.Run before = stack.begin(GoldenSavepoint.STORED_BEFORE, 1);
      before.requests(10);
      before.finish();
      keep(stack.stop(stack.store), GoldenSavepoint.STORE);

      FaultStack.Run cut = stack.begin(GoldenSavepoint.CUT, 2);
      cut.requests(REQUESTS);
      cut.publish();
      await().atMost(FaultStack.PATIENCE).until(() -> hasReadAll(stack));
      keep(stack.stop(stack.serving), GoldenSavepoint.SERVING);
      Map<TopicPartition, Long> cutAt = ends(stack);
      cut.requests(REQUESTS);
      cut.end();
      GoldenLog.take(stack.broker.bootstrapServers(), cutAt).write(GoldenSavepoint.LOG);
    }
  }

  private static void keep(String savepoint, Path at) throws Exception {
    Files.move(Path.of(URI.create(savepoint)), at);
  }

  /** By the offsets that it commits with its checkpoints. */
  private static boolean hasReadAll(FaultStack stack) throws Exception {
    try (Admin admin = admin(stack)) {
      Map<TopicPartition, Long> committed = new HashMap<>();
      admin
          .listConsumerGroupOffsets(ServingJob.NAME)
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach((partition, offset) -> committed.put(partition, offset.offset()));
      return ends(stack).entrySet().stream()
          .filter(end -> READ.contains(end.getKey().topic()))
          .allMatch(end -> end.getValue().equals(committed.getOrDefault(end.getKey(), 0L)));
    }
  }

  private static Map<TopicPartition, Long> ends(FaultStack stack) throws Exception {
    try (Admin admin = admin(stack)) {
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      GoldenLog.partitions().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
      Map<TopicPartition, Long> ends = new HashMap<>();
      admin
          .listOffsets(latest)
          .all()
          .get()
          .forEach((partition, end) -> ends.put(partition, end.offset()));
      return ends;
    }
  }

  private static Admin admin(FaultStack stack) {
    return Admin.create(Map.of("bootstrap.servers", stack.broker.bootstrapServers()));
  }
}
