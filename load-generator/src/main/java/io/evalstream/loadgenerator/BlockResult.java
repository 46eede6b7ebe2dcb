package io.evalstream.loadgenerator;

import io.evalstream.events.Arm;
import io.evalstream.statistics.blocks.BlockStatistics;

/**
 * A block that was sent and answered as a whole.
 *
 * @param block from 0
 * @param arm the server it went to; null unless two are compared
 * @param seconds from its start until nothing of it was in flight
 */
public record BlockResult(int block, Arm arm, double seconds, BlockStatistics statistics) {}
