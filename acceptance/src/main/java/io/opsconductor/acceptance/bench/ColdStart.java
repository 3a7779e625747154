package io.opsconductor.acceptance.bench;

import io.opsconductor.acceptance.product.Installation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** From built jars to both processes healthy, as the launcher does it with the user's own files (no demo). */
final class ColdStart {
    private ColdStart() {}

    static Figure measure(Path home, int rounds) {
        List<Double> seconds = new ArrayList<>();
        // The first start makes keys and the demo's files, which later starts keep.
        Installation.start(home).close();
        String inventory = home.resolve("demo/inventory.yaml").toString();
        String policy = home.resolve("demo/policy.yaml").toString();
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            Installation product = Installation.start(home, "--no-demo", "--inventory", inventory, "--policy", policy);
            seconds.add(Samples.millisSince(start) / 1000);
            product.close();
        }
        return new Figure(
                "cold start of chatbot and runner, together",
                Samples.median(seconds),
                "s",
                4.0,
                "median of " + rounds + ", launcher included");
    }
}
