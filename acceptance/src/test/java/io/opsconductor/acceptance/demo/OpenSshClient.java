package io.opsconductor.acceptance.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The {@code ssh} of the machine, as an operator would call it, trusting only the demo's known_hosts. */
record OpenSshClient(Path demo, int port) {
    private static final long DEADLINE_SECONDS = 30;

    record Answer(int status, String out, String err) {}

    Answer run(String command) throws IOException, InterruptedException {
        return run(demo.resolve("id_ed25519"), "demo", List.of(command));
    }

    Answer run(Path key, String account, List<String> command) throws IOException, InterruptedException {
        Process process = start(key, account, command);
        CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
        if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("ssh did not end within " + DEADLINE_SECONDS + " s: " + command);
        }
        return new Answer(process.exitValue(), out.join(), err.join());
    }

    Process start(Path key, String account, List<String> command) throws IOException {
        List<String> line = new ArrayList<>(List.of("ssh", "-F", "none", "-T", "-n", "-p", Integer.toString(port)));
        for (String option : List.of(
                "BatchMode=yes",
                "IdentitiesOnly=yes",
                "IdentityAgent=none",
                "StrictHostKeyChecking=yes",
                "GlobalKnownHostsFile=/dev/null",
                "UserKnownHostsFile=" + demo.resolve("known_hosts"),
                "IdentityFile=" + key)) {
            line.add("-o");
            line.add(option);
        }
        line.add(account + "@127.0.0.1");
        line.addAll(command);
        return new ProcessBuilder(line).start();
    }

    private static String text(InputStream in) {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
