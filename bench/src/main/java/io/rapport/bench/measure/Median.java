package io.rapport.bench.measure;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** The middle of several measurements, so that one disturbed turn moves nothing. */
public final class Median {
    private Median() {}

    /** Of an even number the mean of the two in the middle; refuses none at all. */
    public static double of(DoubleStream values) {
        double[] sorted = values.toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
