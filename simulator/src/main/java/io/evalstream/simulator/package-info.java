/**
 * A server that speaks vLLM's OpenAI API with latencies that are known beforehand.
 *
 * <p>Everything a request experiences (lengths, waits, faults) is drawn from the configuration's
 * seed before its first byte is written, see {@link io.evalstream.simulator.ResponsePlanner}; the
 * chunks then leave on that absolute schedule, and the server measures how far it strayed from it.
 */
package io.evalstream.simulator;
