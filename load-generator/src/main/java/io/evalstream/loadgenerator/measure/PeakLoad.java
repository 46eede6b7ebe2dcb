package io.evalstream.loadgenerator.measure;

/**
 * The most that happened at once, over the successful requests, as {@code calculate_metrics} of
 * vllm/benchmarks/serve.py counts it.
 *
 * @param outputTokensPerSecond most chunks in one second, counted from the first request
 * @param concurrentRequests most requests in flight; one that ends as another begins makes room
 */
public record PeakLoad(long outputTokensPerSecond, int concurrentRequests) {}
