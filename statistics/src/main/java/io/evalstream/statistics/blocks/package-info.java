/**
 * Comparing latencies by blocks: what a block of a run says as a whole, and whether two series of
 * blocks that replayed the same plan differ. A block is the unit because requests share queues and
 * are not independent of each other.
 */
package io.evalstream.statistics.blocks;
