package io.evalstream.simulator;

import java.util.SplittableRandom;

/**
 * Where the draws of one request start from: the configuration's seed and the request's key.
 *
 * <p>The key is a hash of the request id when the client gave one (header {@code X-Request-Id}, or
 * {@code request_id} in the body), so what a request experiences does not depend on the order of
 * arrival; otherwise it is the number of requests without an id that came before. Each aspect draws
 * from a sequence of its own: changing one distribution leaves the draws of the others alone.
 */
record RequestSeed(long value) {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  static RequestSeed ofArrival(long seed, long number) {
    return new RequestSeed(mix(mix(seed) + number));
  }

  static RequestSeed ofRequestId(long seed, String requestId) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < requestId.length(); i++) {
      hash = (hash ^ requestId.charAt(i)) * 0x100000001b3L;
    }
    return new RequestSeed(mix(mix(~seed) ^ mix(hash)));
  }

  SplittableRandom draws(Aspect aspect) {
    return new SplittableRandom(mix(value + GOLDEN * aspect.number));
  }

  /** An identifier for a request that came without one; 32 hexadecimal digits, as vLLM's. */
  String identifier() {
    return "%016x%016x".formatted(value, mix(value));
  }

  /** A step of SplitMix64. */
  static long mix(long input) {
    long z = input + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** What is drawn. The numbers are part of what a seed means: never change one, only add. */
  enum Aspect {
    REFUSAL(1),
    LENGTH(2),
    FIRST_TOKEN(3),
    CHUNK_TOKENS(4),
    GAPS(5),
    STALLS(6),
    CUT(7),
    GARBAGE(8);

    private final long number;

    Aspect(long number) {
      this.number = number;
    }
  }
}
