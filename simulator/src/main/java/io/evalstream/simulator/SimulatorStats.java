package io.evalstream.simulator;

/**
 * What a simulated server did since it started.
 *
 * @param received valid requests for an answer, refused ones included
 * @param refused requests refused on purpose
 * @param waiting requests waiting for a slot now
 * @param running requests with a slot now
 * @param answered requests answered completely
 * @param aborted requests whose client went away
 * @param cut requests whose connection was closed on purpose
 * @param garbled requests with malformed data on purpose
 * @param promptTokens tokens of the prompts read
 * @param generationTokens tokens of the answers generated
 * @param chunks chunks of streams written
 * @param heldBack those of them that were late because the client read too slowly
 * @param scheduleError how late the others were
 */
public record SimulatorStats(
    long received,
    long refused,
    int waiting,
    int running,
    long answered,
    long aborted,
    long cut,
    long garbled,
    long promptTokens,
    long generationTokens,
    long chunks,
    long heldBack,
    ScheduleError scheduleError) {}
