package io.evalstream.loadgenerator.measure;

/**
 * The figures of a run without its ramp-up and its drain.
 *
 * <p>The rule: the run is cut into 64 to 128 equal parts, or fewer of 50 ms, and the mean number of
 * requests in flight is taken of each. The median of those is the plateau. Steady state begins with
 * the first part and ends with the last part that reaches 95% of it; dips between them belong to
 * it, and {@code withinShare} tells of them. So it holds for closed loops, whose concurrency is
 * flat, and for open ones, where it goes up and down by chance. The requests are those that were
 * sent and ended in it. A run whose ramp-up and drain take up more than half has no such plateau,
 * and {@code withinShare} is then low.
 *
 * @param fromSeconds its beginning, from the run's start
 * @param toSeconds its end, from the run's start
 * @param plateau requests in flight
 * @param withinShare the part of it in which that many were in flight, give or take 5%
 * @param requests successful requests that were sent and ended in it
 * @param requestThroughput successful requests that ended in it, per second
 * @param outputThroughput the tokens of those, per second
 * @param ttft as of the whole run, of the requests that were sent and ended in it, as {@code tpot}
 *     and {@code e2el}
 * @param itl each gap whose later chunk came in it
 */
public record SteadyState(
    double fromSeconds,
    double toSeconds,
    double plateau,
    double withinShare,
    long requests,
    double requestThroughput,
    double outputThroughput,
    LatencyDistribution ttft,
    LatencyDistribution tpot,
    LatencyDistribution itl,
    LatencyDistribution e2el) {}
