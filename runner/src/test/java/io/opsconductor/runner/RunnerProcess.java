package io.opsconductor.runner;

import io.opsconductor.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A runner in a process of its own, as it runs in earnest. */
final class RunnerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("API on port (\\d+), health on port (\\d+)");

    private final Process process;
    private final int apiPort;
    private final int healthPort;

    private RunnerProcess(Process process, int apiPort, int healthPort) {
        this.process = process;
        this.apiPort = apiPort;
        this.healthPort = healthPort;
    }

    static ProcessBuilder command(TestHome home) {
        return command(home.environment());
    }

    private static ProcessBuilder command(Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
        builder.environment().keySet().removeIf(name -> name.startsWith("OPSCONDUCTOR_"));
        builder.environment().putAll(environment);
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    static RunnerProcess start(TestHome home) throws IOException {
        return start(home.environment());
    }

    /** With these variables besides those of this very process. */
    static RunnerProcess start(Map<String, String> environment) throws IOException {
        Process process = command(environment).start();
        CountDownLatch up = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> endUnlessUpInTime(process, up));
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder seen = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            seen.append(line).append('\n');
            Matcher ready = READY.matcher(
                    line.startsWith("{") ? Json.tree(line).path("message").asText() : line);
            if (ready.find()) {
                up.countDown();
                // Its log goes on: an unread pipe would stop it.
                Thread.ofVirtual().start(() -> lines.lines().forEach(rest -> {}));
                return new RunnerProcess(process, Integer.parseInt(ready.group(1)), Integer.parseInt(ready.group(2)));
            }
        }
        throw new IOException("the runner did not start:\n" + seen);
    }

    private static void endUnlessUpInTime(Process process, CountDownLatch up) {
        try {
            if (!up.await(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int apiPort() {
        return apiPort;
    }

    int healthPort() {
        return healthPort;
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM; answers the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
