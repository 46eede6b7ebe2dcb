package io.evalstream.loadgenerator;

import io.evalstream.events.Arm;
import io.evalstream.loadgenerator.measure.LoadMetrics;

/**
 * One of two servers that were compared.
 *
 * @param url where it is
 * @param failed requests that did not end well
 * @param metrics over its successful requests, warm-up included, and over the time of its blocks
 */
public record ArmResult(Arm arm, String url, String model, long failed, LoadMetrics metrics) {}
