package io.evalstream.loadgenerator.request;

/**
 * What has been said in a conversation, as JSON. It only grows: what was sent once is sent again
 * byte for byte before whatever is new, which is what a server's prefix cache looks for. It holds
 * payload. For one thread at a time.
 */
public final class Conversation {

  private final boolean chat;
  private final StringBuilder said = new StringBuilder();

  Conversation(boolean chat) {
    this.chat = chat;
  }

  /** Adds what the user says, a JSON string with its quotes. */
  void ask(CharSequence quoted) {
    if (chat) {
      said.append(said.isEmpty() ? "" : ",")
          .append("{\"role\":\"user\",\"content\":")
          .append(quoted)
          .append('}');
    } else {
      said.append(said.isEmpty() ? "" : "\\n").append(quoted, 1, quoted.length() - 1);
    }
  }

  /** Adds what the server answered, as it stood in its JSON, without quotes. */
  public void answered(CharSequence escaped) {
    if (chat) {
      said.append(",{\"role\":\"assistant\",\"content\":\"").append(escaped).append("\"}");
    } else {
      said.append(escaped);
    }
  }

  int length() {
    return said.length();
  }

  void appendTo(StringBuilder body) {
    body.append(chat ? ",\"messages\":[" : ",\"prompt\":\"").append(said).append(chat ? ']' : '"');
  }
}
