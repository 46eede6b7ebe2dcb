package io.evalstream.simulator;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a simulated server is told to do. {@link #builder()} starts from the defaults and takes each
 * item in its textual form, under the name of the command line's flag.
 *
 * @param host address to bind; loopback unless told otherwise
 * @param port port to bind; 0 takes a free one
 * @param servedModelNames names the server answers to; the first is the one it reports
 * @param maxModelLen prompt and answer together, in tokens
 * @param maxNumSeqs requests running at once; further ones wait in order of arrival
 * @param kvCacheTokens tokens that fill the KV cache, for {@code vllm:kv_cache_usage_perc} only
 * @param seed where every draw starts from
 * @param apiKey the bearer token clients must present, if any
 * @param eventLoopThreads threads that write the chunks
 * @param timing when chunks leave
 * @param answers what the answers look like
 * @param faults what goes wrong on purpose
 */
public record SimulatorConfig(
    String host,
    int port,
    List<String> servedModelNames,
    int maxModelLen,
    int maxNumSeqs,
    long kvCacheTokens,
    long seed,
    Optional<String> apiKey,
    int eventLoopThreads,
    Timing timing,
    Answers answers,
    Faults faults) {

  public SimulatorConfig {
    requireText("host", host);
    Objects.requireNonNull(apiKey, "api-key");
    Objects.requireNonNull(timing, "timing");
    Objects.requireNonNull(answers, "answers");
    Objects.requireNonNull(faults, "faults");
    servedModelNames = List.copyOf(servedModelNames);
    if (servedModelNames.isEmpty()) {
      throw new IllegalArgumentException("served-model-name is empty; give at least one name");
    }
    servedModelNames.forEach(name -> requireText("served-model-name", name));
    apiKey.ifPresent(key -> requireText("api-key", key));
    requireRange("port", port, 0, 65_535);
    requireRange("max-model-len", maxModelLen, 2, 10_000_000);
    requireRange("max-num-seqs", maxNumSeqs, 1, 1_000_000);
    requireRange("event-loop-threads", eventLoopThreads, 1, 256);
    if (kvCacheTokens < 1) {
      throw new IllegalArgumentException(
          "kv-cache-tokens is " + kvCacheTokens + "; give 1 or more");
    }
  }

  /** The name the server reports, the first of {@link #servedModelNames}. */
  public String model() {
    return servedModelNames.get(0);
  }

  /** The defaults, to be changed item by item. */
  public static Builder builder() {
    return new Builder();
  }

  /** All items but the API key, which is only said to be there. */
  @Override
  public String toString() {
    return "SimulatorConfig[host=%s, port=%d, servedModelNames=%s, maxModelLen=%d, maxNumSeqs=%d,"
            .formatted(host, port, servedModelNames, maxModelLen, maxNumSeqs)
        + " kvCacheTokens=%d, seed=%d, apiKey=%s, eventLoopThreads=%d, %s, %s, %s]"
            .formatted(
                kvCacheTokens,
                seed,
                apiKey.isPresent() ? "set" : "none",
                eventLoopThreads,
                timing,
                answers,
                faults);
  }

  private static void requireText(String item, String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(item + " is empty; give a value");
    }
  }

  private static void requireRange(String item, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          item + " is " + value + "; give a number from " + least + " to " + most);
    }
  }

  /**
   * Collects the items. Texts are read when given, so a wrong one fails where it is named; the rest
   * is checked by {@link #build()}. Not thread-safe.
   */
  public static final class Builder {
    private String host = "127.0.0.1";
    private int port = 8000;
    private List<String> servedModelNames = List.of("simulated-model");
    private int maxModelLen = 32_768;
    private int maxNumSeqs = 256;
    private long kvCacheTokens = 1_000_000;
    private long seed;
    private Optional<String> apiKey = Optional.empty();
    private int eventLoopThreads = 1;
    private LatencyDistribution timeToFirstToken = latency("time-to-first-token", "constant:50ms");
    private long prefillNanosPerToken;
    private LatencyDistribution interTokenLatency = latency("inter-token-latency", "constant:10ms");
    private CountDistribution tokensPerChunk = count("tokens-per-chunk", "constant:1");
    private boolean endOfSequence = true;
    private CountDistribution answerLength = count("answer-length", "lognormal:128,0.7");
    private int reasoningTokens;
    private double failureRate;
    private int failureStatus = 500;
    private double cutRate;
    private double garbageRate;
    private double stallRate;
    private long stallNanos = 200_000_000;

    private Builder() {}

    /** {@code --host}; default 127.0.0.1. */
    public Builder host(String value) {
      host = value;
      return this;
    }

    /** {@code --port}; default 8000, 0 takes a free one. */
    public Builder port(int value) {
      port = value;
      return this;
    }

    /** {@code --model}; default {@code simulated-model}. */
    public Builder model(String value) {
      servedModelNames = List.of(value);
      return this;
    }

    /** {@code --served-model-name}, one or more; replaces {@code --model}. */
    public Builder servedModelNames(List<String> values) {
      servedModelNames = List.copyOf(values);
      return this;
    }

    /** {@code --max-model-len} in tokens; default 32768. */
    public Builder maxModelLen(int value) {
      maxModelLen = value;
      return this;
    }

    /** {@code --max-num-seqs}; default 256. */
    public Builder maxNumSeqs(int value) {
      maxNumSeqs = value;
      return this;
    }

    /** {@code --kv-cache-tokens}; default 1,000,000. */
    public Builder kvCacheTokens(long value) {
      kvCacheTokens = value;
      return this;
    }

    /** {@code --seed}; default 0. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** {@code --api-key}; default none. */
    public Builder apiKey(String value) {
      apiKey = Optional.of(value);
      return this;
    }

    /** {@code --event-loop-threads}; default 1. */
    public Builder eventLoopThreads(int value) {
      eventLoopThreads = value;
      return this;
    }

    /** {@code --time-to-first-token}, a {@link LatencyDistribution}; default {@code 50ms}. */
    public Builder timeToFirstToken(String text) {
      timeToFirstToken = latency("time-to-first-token", text);
      return this;
    }

    /** {@code --prefill-time-per-token}, a duration; default {@code 0}. */
    public Builder prefillTimePerToken(String text) {
      prefillNanosPerToken = Durations.parseNanos("prefill-time-per-token", text);
      return this;
    }

    /** {@code --inter-token-latency}, a {@link LatencyDistribution}; default {@code 10ms}. */
    public Builder interTokenLatency(String text) {
      interTokenLatency = latency("inter-token-latency", text);
      return this;
    }

    /** {@code --tokens-per-chunk}, a {@link CountDistribution}; default {@code 1}. */
    public Builder tokensPerChunk(String text) {
      tokensPerChunk = count("tokens-per-chunk", text);
      return this;
    }

    /** {@code --eos}; false makes every answer max_tokens long; default true. */
    public Builder endOfSequence(boolean value) {
      endOfSequence = value;
      return this;
    }

    /** {@code --answer-length}, a {@link CountDistribution}; default {@code lognormal:128,0.7}. */
    public Builder answerLength(String text) {
      answerLength = count("answer-length", text);
      return this;
    }

    /** {@code --reasoning-tokens}; default 0. */
    public Builder reasoningTokens(int value) {
      reasoningTokens = value;
      return this;
    }

    /** {@code --failure-injection-rate}, a fraction; default 0. */
    public Builder failureInjectionRate(double value) {
      failureRate = value;
      return this;
    }

    /** {@code --failure-status}; default 500. */
    public Builder failureStatus(int value) {
      failureStatus = value;
      return this;
    }

    /** {@code --cut-rate}, a fraction; default 0. */
    public Builder cutRate(double value) {
      cutRate = value;
      return this;
    }

    /** {@code --garbage-rate}, a fraction; default 0. */
    public Builder garbageRate(double value) {
      garbageRate = value;
      return this;
    }

    /** {@code --stall-rate}, a fraction of the gaps; default 0. */
    public Builder stallRate(double value) {
      stallRate = value;
      return this;
    }

    /** {@code --stall-duration}, a duration; default {@code 200ms}. */
    public Builder stallDuration(String text) {
      stallNanos = Durations.parseNanos("stall-duration", text);
      return this;
    }

    /**
     * The configuration.
     *
     * @throws IllegalArgumentException if an item is out of its range, in one sentence naming it
     */
    public SimulatorConfig build() {
      return new SimulatorConfig(
          host,
          port,
          servedModelNames,
          maxModelLen,
          maxNumSeqs,
          kvCacheTokens,
          seed,
          apiKey,
          eventLoopThreads,
          new Timing(timeToFirstToken, prefillNanosPerToken, interTokenLatency, tokensPerChunk),
          new Answers(endOfSequence, answerLength, reasoningTokens),
          new Faults(failureRate, failureStatus, cutRate, garbageRate, stallRate, stallNanos));
    }

    private static LatencyDistribution latency(String item, String text) {
      return LatencyDistribution.parse(item, text);
    }

    private static CountDistribution count(String item, String text) {
      return CountDistribution.parse(item, text);
    }
  }
}
