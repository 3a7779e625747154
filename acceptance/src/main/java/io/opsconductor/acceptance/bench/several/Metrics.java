package io.opsconductor.acceptance.bench.several;

import io.opsconductor.acceptance.product.ChatApi;

/** What a process tells of itself. */
final class Metrics {
    private Metrics() {}

    /** The sum of a metric's lines that have a label; 0 when there is none. */
    static double sum(int healthPort, String name, String label, String value) {
        return new ChatApi("http://127.0.0.1:" + healthPort)
                .text("/metrics")
                .lines()
                .filter(line -> line.startsWith(name + "{") && line.contains(label + "=\"" + value + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
