package io.evalstream.loadgenerator.sse;

/** What a chunk can bring of a model's answer. */
public enum Output {
  /** Text that the user reads: {@code text} or {@code delta.content}. */
  CONTENT,
  /** Thinking before it: {@code delta.reasoning} or {@code delta.reasoning_content}. */
  REASONING,
  /** Calls of tools: {@code delta.tool_calls}. */
  TOOL_CALLS
}
