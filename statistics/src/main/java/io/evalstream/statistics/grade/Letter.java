package io.evalstream.statistics.grade;

/**
 * A letter of a scale.
 *
 * @param rank its place, 0 for the best
 */
public record Letter(String text, int rank) {}
