package io.opsconductor.acceptance.bench;

import java.util.List;

/** Statistics over samples in milliseconds. */
final class Samples {
    private Samples() {}

    static double median(List<Double> samples) {
        return at(samples, 0.5);
    }

    static double at(List<Double> samples, double quantile) {
        List<Double> sorted = samples.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(sorted.size() * quantile)));
    }

    static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }
}
