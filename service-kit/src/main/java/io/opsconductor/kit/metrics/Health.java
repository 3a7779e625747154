package io.opsconductor.kit.metrics;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerResponse;
import io.opsconductor.kit.http.Edge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * {@code GET /health}: whether the process lives and whether it is ready, with each thing that it depends on and the
 * reason when one is missing. {@code /health/live} and {@code /health/ready} answer the two alone, for probes.
 */
public final class Health {
    private final Map<String, Callable<String>> dependencies = new LinkedHashMap<>();
    private final List<Callable<Optional<String>>> warnings = new ArrayList<>();
    private final List<Callable<Optional<String>>> losses = new ArrayList<>();

    /**
     * Adds something that readiness depends on.
     *
     * @param name such as {@code store}
     * @param check answers a short description when all is well, and throws when it is not; it must answer quickly
     */
    public Health dependsOn(String name, Callable<String> check) {
        dependencies.put(name, check);
        return this;
    }

    /**
     * Adds something that people should know and that readiness does not depend on.
     *
     * @param warning answers a sentence that says what to do, or nothing
     */
    public Health warns(Callable<Optional<String>> warning) {
        warnings.add(warning);
        return this;
    }

    /**
     * Adds something without which the process does its work, and less well: {@code status} is {@code DEGRADED} then, and the
     * process ready.
     *
     * @param loss answers a sentence that says what is missing and what to do, or nothing
     */
    public Health degradedBy(Callable<Optional<String>> loss) {
        losses.add(loss);
        return this;
    }

    /** Adds the three routes. */
    public void route(HttpRules rules) {
        rules.get("/health", (request, response) -> answer(response));
        rules.get("/health/ready", (request, response) -> answer(response));
        rules.get("/health/live", (request, response) -> Edge.send(response, 200, Map.of("live", true)));
    }

    private void answer(ServerResponse response) {
        Map<String, Dependency> checks = new LinkedHashMap<>();
        dependencies.forEach((name, check) -> checks.put(name, dependency(check)));
        boolean ready = checks.values().stream().allMatch(Dependency::ok);
        List<String> lost = said(losses);
        String status = lost.isEmpty() ? "UP" : "DEGRADED";
        List<String> said =
                Stream.concat(lost.stream(), said(warnings).stream()).toList();
        Edge.send(response, ready ? 200 : 503, new Report(ready ? status : "DOWN", true, ready, checks, said));
    }

    private static List<String> said(List<Callable<Optional<String>>> all) {
        return all.stream().map(Health::said).flatMap(Optional::stream).toList();
    }

    private static Optional<String> said(Callable<Optional<String>> warning) {
        try {
            return warning.call();
        } catch (Exception e) {
            // Whatever it is about is also depended on, and says so there.
            return Optional.empty();
        }
    }

    private static Dependency dependency(Callable<String> check) {
        try {
            return new Dependency(true, check.call());
        } catch (Exception e) {
            String message = e.getMessage();
            return new Dependency(false, message == null ? e.getClass().getSimpleName() : message);
        }
    }

    private record Report(
            String status, boolean live, boolean ready, Map<String, Dependency> dependsOn, List<String> warnings) {}

    private record Dependency(boolean ok, String detail) {}
}
