package io.evalstream.events;

/**
 * How a server under test says that it is, every second, on topic {@code server-metrics}. All but
 * the instant and the endpoint are null where the server, or its version, does not tell. What is
 * said to count since the server started goes back to 0 when it restarts.
 *
 * @param atUs when it was asked
 * @param endpoint the address that was asked, {@code http://host:port}
 * @param running requests in the batch
 * @param waiting requests in the queue
 * @param kvCacheUsage share of the KV cache in use, 0 to 1; the mean over engines
 * @param promptTokensTotal prompt tokens processed since the server started
 * @param generationTokensTotal tokens generated since the server started
 * @param preemptionsTotal requests thrown out of the batch since the server started
 * @param queueTimeUs time that finished requests spent in the queue, since the server started
 * @param queueTimeCount requests in that sum
 * @param prefillTimeUs the same for their prefill
 * @param prefillTimeCount requests in that sum
 * @param decodeTimeUs the same for their decoding
 * @param decodeTimeCount requests in that sum
 * @param specDecodeAcceptedTokens tokens of the draft that were accepted, since the server started
 * @param specDecodeDraftTokens tokens that the draft proposed, since the server started
 * @param gpuUtilisation share of time that GPUs were busy, 0 to 1; the mean over them
 * @param gpuPowerWatts power that all GPUs draw together
 */
public record ServerMetrics(
    int v,
    String runId,
    String producerId,
    long sequence,
    long atUs,
    String endpoint,
    Long running,
    Long waiting,
    Double kvCacheUsage,
    Long promptTokensTotal,
    Long generationTokensTotal,
    Long preemptionsTotal,
    Long queueTimeUs,
    Long queueTimeCount,
    Long prefillTimeUs,
    Long prefillTimeCount,
    Long decodeTimeUs,
    Long decodeTimeCount,
    Long specDecodeAcceptedTokens,
    Long specDecodeDraftTokens,
    Double gpuUtilisation,
    Double gpuPowerWatts)
    implements Event {

  /**
   * Validates the shape.
   *
   * @throws InvalidEventException naming the field at fault
   */
  public ServerMetrics {
    Checks.common(v, runId, producerId, sequence);
    Checks.instant("at_us", atUs);
    Checks.name("endpoint", endpoint);
    Checks.notNegative("running", running);
    Checks.notNegative("waiting", waiting);
    Checks.share("kv_cache_usage", kvCacheUsage);
    Checks.notNegative("prompt_tokens_total", promptTokensTotal);
    Checks.notNegative("generation_tokens_total", generationTokensTotal);
    Checks.notNegative("preemptions_total", preemptionsTotal);
    Checks.notNegative("queue_time_us", queueTimeUs);
    Checks.notNegative("queue_time_count", queueTimeCount);
    Checks.notNegative("prefill_time_us", prefillTimeUs);
    Checks.notNegative("prefill_time_count", prefillTimeCount);
    Checks.notNegative("decode_time_us", decodeTimeUs);
    Checks.notNegative("decode_time_count", decodeTimeCount);
    Checks.notNegative("spec_decode_accepted_tokens", specDecodeAcceptedTokens);
    Checks.notNegative("spec_decode_draft_tokens", specDecodeDraftTokens);
    Checks.share("gpu_utilisation", gpuUtilisation);
    Checks.measure("gpu_power_watts", gpuPowerWatts);
  }
}
