package io.evalstream.loadgenerator.request;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The server's API, named as {@code --backend} of {@code vllm bench serve}. */
public enum Backend {
  /** Completions of vLLM. */
  VLLM("vllm", "/v1/completions"),
  /** Completions. */
  OPENAI("openai", "/v1/completions"),
  /** Chat completions. */
  OPENAI_CHAT("openai-chat", "/v1/chat/completions");

  private final String text;
  private final String path;

  Backend(String text, String path) {
    this.text = text;
    this.path = path;
  }

  /**
   * The backend of that name.
   *
   * @throws IllegalArgumentException naming those there are
   */
  public static Backend named(String name) {
    for (Backend backend : values()) {
      if (backend.text.equals(name)) {
        return backend;
      }
    }
    throw new IllegalArgumentException(
        "backend '"
            + name
            + "' is not known: use one of "
            + Arrays.stream(values()).map(Backend::text).collect(Collectors.joining(", ")));
  }

  /** Its name on the command line. */
  public String text() {
    return text;
  }

  /** Where requests go. */
  public String path() {
    return path;
  }

  /**
   * Whether the server takes any text as the id of a request. Others may insist on a UUID, as
   * llama-cpp-python does, and refuse the request.
   */
  public boolean takesRequestIds() {
    return this == VLLM;
  }

  /** Whether prompts are messages and not tokens. */
  public boolean chat() {
    return this == OPENAI_CHAT;
  }
}
