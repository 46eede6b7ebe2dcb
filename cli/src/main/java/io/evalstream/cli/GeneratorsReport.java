package io.evalstream.cli;

import io.evalstream.cli.results.Results;
import io.evalstream.cli.terminal.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Who made a run, whether they are done, and whether they trust their own figures. */
record GeneratorsReport(
    Results.Run run, List<Results.Producer> producers, Results.Doubtful doubtful) {

  List<String> lines(Messages messages) {
    List<String> lines = new ArrayList<>();
    lines.add(
        messages.get(
            allFinished() ? "generators.finished" : "generators.unfinished",
            Numbers.count(run.producersPlanned()),
            Numbers.count(run.producersCompleted())));
    for (Results.Producer producer : producers) {
      if (!producer.status().equals("completed")) {
        lines.add("  " + unfinished(producer, messages));
      }
    }
    for (int shard : missing()) {
      lines.add("  " + messages.get("generators.missing", shard));
    }
    lines.addAll(trust(messages));
    return lines;
  }

  private boolean allFinished() {
    return run.producersCompleted() == run.producersPlanned()
        && run.producersSeen() == run.producersPlanned();
  }

  private static String unfinished(Results.Producer producer, Messages messages) {
    String how =
        producer.status().isEmpty()
            ? producer.state().equals("lost") ? "lost" : "running"
            : producer.status();
    String shard = Objects.toString(producer.shard(), "–");
    return producer.reason().isEmpty()
        ? messages.get("generators.one", shard, producer.producerId(), how)
        : messages.get(
            "generators.one_reason", shard, producer.producerId(), how, producer.reason());
  }

  /** Parts of the plan that nobody has begun; none when a producer does not tell its own. */
  private List<Integer> missing() {
    if (producers.stream().anyMatch(producer -> producer.shard() == null)) {
      return List.of();
    }
    Set<Integer> seen = producers.stream().map(Results.Producer::shard).collect(Collectors.toSet());
    return IntStream.range(0, (int) run.producersPlanned())
        .boxed()
        .filter(shard -> !seen.contains(shard))
        .toList();
  }

  private List<String> trust(Messages messages) {
    List<String> lines = new ArrayList<>();
    boolean partly = run.trust().equals("trusted") && doubtful.seconds() > 0;
    lines.add(
        messages.get(
            switch (run.trust()) {
              case "untrusted" -> "bench.untrusted";
              case "trusted" -> partly ? "bench.partly_untrusted" : "generators.trusted";
              default -> "generators.unjudged";
            }));
    for (Results.Producer producer : producers) {
      if (!producer.doubts().isEmpty()) {
        lines.add("  " + producer.producerId() + ": " + producer.doubts());
      }
    }
    if (doubtful.seconds() > 0) {
      lines.add(
          "  "
              + messages.get(
                  "generators.doubtful", Numbers.count(doubtful.seconds()), doubtful.causes()));
    }
    return lines;
  }
}
