package io.evalstream.jobs.latency;

import io.evalstream.statistics.sketch.QuantileSketch;

/** A part of a window: the values that one reader has seen since it last told. */
public record WindowPartial(String runId, WindowKey window, QuantileSketch sketch) {}
