package io.evalstream.simulator;

/**
 * A valid request for an answer.
 *
 * @param id what the response calls it, with vLLM's prefix
 * @param seed where its draws start from
 * @param chat whether it came to /v1/chat/completions
 * @param model the model name it asked for
 * @param promptTokens length of the prompt
 * @param maxTokens most tokens of the answer, 1 or more
 * @param minTokens fewest tokens of the answer, 0 to maxTokens
 * @param ignoreEos whether the answer must reach maxTokens
 * @param stream whether the answer comes chunk by chunk
 * @param includeUsage whether a stream ends with a usage event
 * @param continuousUsage whether each event of a stream carries the usage so far
 */
record GenerationRequest(
    String id,
    RequestSeed seed,
    boolean chat,
    String model,
    int promptTokens,
    int maxTokens,
    int minTokens,
    boolean ignoreEos,
    boolean stream,
    boolean includeUsage,
    boolean continuousUsage) {}
