package io.evalstream.loadgenerator.plan;

import java.util.List;
import java.util.Map;

/** What to send. */
public sealed interface Workload
    permits RandomWorkload,
        PrefixRepetitionWorkload,
        TextWorkload,
        TraceWorkload,
        ConversationWorkload,
        LoraWorkload,
        BlockWorkload {

  /**
   * The requests, by index; offsets ascend, in every block from its own start on. The same for the
   * same seed.
   *
   * @throws PlanException when it cannot be made
   */
  List<PlannedRequest> plan(long seed);

  /** Whether requests have times of their own, so that lateness can be told. */
  boolean timed();

  /** How load is made, for the run's plan: names as on the command line. */
  Map<String, String> parameters();
}
