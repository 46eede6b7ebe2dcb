package io.evalstream.loadgenerator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes whole conversations from a file of ShareGPT's: what the human says is asked, and the length
 * of what is answered there is asked for.
 */
final class ShareGptConversations {

  private static final List<String> ASKS = List.of("human", "user");
  private static final List<String> ANSWERS = List.of("gpt", "chatgpt", "assistant", "bing");

  private ShareGptConversations() {}

  /**
   * Conversations of at least two turns, in the file's order. One ends before the first turn that
   * is empty, not answered, or out of order.
   *
   * @param most turns that are taken of each
   * @param outputLen tokens of an answer; null for the file's, estimated
   * @throws PlanException when the file cannot be read or is something else
   */
  static List<List<ConversationWorkload.Question>> read(Path file, int most, Integer outputLen) {
    List<List<ConversationWorkload.Question>> found = new ArrayList<>();
    ShareGptReader.conversations(
        file,
        said -> {
          List<ConversationWorkload.Question> questions = questions(said, most, outputLen);
          if (questions.size() > 1 || (questions.size() == 1 && most == 1)) {
            found.add(questions);
          }
        });
    return found;
  }

  private static List<ConversationWorkload.Question> questions(
      JsonNode said, int most, Integer outputLen) {
    List<ConversationWorkload.Question> questions = new ArrayList<>();
    // some begin with what the system says
    int first = said.size() > 0 && !ASKS.contains(said.get(0).path("from").asText()) ? 1 : 0;
    for (int i = first; i + 1 < said.size() && questions.size() < most; i += 2) {
      String asked = text(said.get(i), ASKS);
      String answered = text(said.get(i + 1), ANSWERS);
      if (asked.isEmpty() || answered.isEmpty()) {
        break;
      }
      questions.add(
          new ConversationWorkload.Question(
              new TextPrompt(asked),
              outputLen == null ? TextPrompt.estimatedTokens(answered) : outputLen));
    }
    return questions;
  }

  private static String text(JsonNode turn, List<String> by) {
    return by.contains(turn.path("from").asText()) ? turn.path("value").asText() : "";
  }
}
