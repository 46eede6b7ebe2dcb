package io.evalstream.loadgenerator.servermetrics;

/**
 * What a server said of itself over a run. Everything but the first three is null where the server
 * does not tell; times are means over the requests that ended meanwhile.
 *
 * @param samples how often it was asked
 * @param seconds from the first answer to the last
 * @param running requests in the batch
 * @param waiting requests in the queue
 * @param kvCacheUsage share of the KV cache in use, 0 to 1
 * @param queueMs time in the queue
 * @param prefillMs time of the prefill
 * @param decodeMs time of the decoding
 * @param preemptions requests thrown out of the batch
 * @param draftAcceptance share of the draft's tokens that were accepted, 0 to 1
 * @param gpuUtilisation share of time that GPUs were busy, 0 to 1
 * @param power what all GPUs drew
 */
public record ServerSummary(
    String endpoint,
    long samples,
    double seconds,
    Level running,
    Level waiting,
    Level kvCacheUsage,
    Double queueMs,
    Double prefillMs,
    Double decodeMs,
    Long preemptions,
    Double draftAcceptance,
    Level gpuUtilisation,
    Power power) {

  /** A value that goes up and down: the mean of the samples, and the largest. */
  public record Level(double mean, double max) {}

  /**
   * Electrical power.
   *
   * @param meanWatts by the trapezoidal rule: between two samples it goes in a straight line
   * @param seconds between samples that follow each other and both tell it
   */
  public record Power(double meanWatts, double seconds) {

    /** The energy of so long a time at the mean power. */
    public double joules(double overSeconds) {
      return meanWatts * overSeconds;
    }
  }
}
