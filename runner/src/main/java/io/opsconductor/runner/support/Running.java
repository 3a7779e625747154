package io.opsconductor.runner.support;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** The processes as they run on this machine now. */
final class Running {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Map<String, String> environment;

    Running(Map<String, String> environment) {
        this.environment = environment;
    }

    /** What a process answers anybody who asks, whatever its status is. */
    String page(String process, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(process) + path))
                                    .timeout(LIMIT)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private String port(String process) {
        return process.equals("runner")
                ? environment.getOrDefault("OPSCONDUCTOR_RUNNER_HEALTH_PORT", "8010")
                : environment.getOrDefault("OPSCONDUCTOR_CHATBOT_PORT", "3005");
    }
}
