package io.rapport.bench.measure;

import java.util.Map;

/**
 * One turn of one side, with the CPU microseconds that each process used for an operation, where
 * that is known.
 */
public record Turn(Load load, Map<String, Double> cpuMicros) {}
