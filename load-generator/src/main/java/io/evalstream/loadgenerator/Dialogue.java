package io.evalstream.loadgenerator;

import io.evalstream.loadgenerator.plan.PlannedRequest;
import io.evalstream.loadgenerator.request.Conversation;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;

/** A conversation that goes on turn by turn. For one thread at a time. */
final class Dialogue {

  private final Iterator<PlannedRequest> turns;
  private final Conversation conversation;
  private final BiFunction<PlannedRequest, Conversation, Outgoing> asking;
  private final StringBuilder answer = new StringBuilder();

  Dialogue(
      List<PlannedRequest> turns,
      Conversation conversation,
      BiFunction<PlannedRequest, Conversation, Outgoing> asking) {
    this.turns = turns.iterator();
    this.conversation = conversation;
    this.asking = asking;
  }

  /** Where the answer of the turn in flight is put. */
  StringBuilder answer() {
    return answer;
  }

  /** The turn that comes next, its place taken; null when there is none. */
  PlannedRequest next() {
    return turns.hasNext() ? turns.next() : null;
  }

  /** What to send for that turn, after what was answered before. */
  Outgoing ask(PlannedRequest turn) {
    if (turn.turn().number() > 0) {
      conversation.answered(answer);
      answer.setLength(0);
    }
    return asking.apply(turn, conversation);
  }
}
