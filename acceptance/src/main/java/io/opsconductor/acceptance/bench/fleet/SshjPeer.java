package io.opsconductor.acceptance.bench.fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** {@link BareSshj}, which stays up. */
final class SshjPeer implements Peer {
    private final Process process;
    private final BufferedReader answers;

    SshjPeer(Fleet fleet, int parallel) throws IOException {
        // The same virtual machine, with the same collector, as the runner gets.
        this.process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:+UseCompactObjectHeaders",
                        "-Xmx512m",
                        "-Dslf4j.internal.verbosity=ERROR",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BareSshj.class.getName(),
                        Integer.toString(fleet.port()),
                        Fleet.user(),
                        fleet.userKey().toString(),
                        fleet.folder().resolve("known_hosts").toString(),
                        Integer.toString(parallel))
                .redirectError(fleet.folder().resolve("sshj.log").toFile())
                .start();
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    @Override
    public String name() {
        return "bare sshj";
    }

    @Override
    public Cost run(int from, int to) {
        try {
            process.getOutputStream().write((from + " " + to + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("bare sshj ended; see sshj.log");
            }
            String[] seconds = answer.split(" ", -1);
            return new Cost(Double.parseDouble(seconds[0]), Double.parseDouble(seconds[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
