package io.opsconductor.runner.trail;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A real rsyslogd of the current user on a free loopback port. It takes RFC 5424 alone, and writes down how it read each message. */
final class RealSyslog implements AutoCloseable {
    private static final Path RSYSLOGD = Path.of("/usr/sbin/rsyslogd");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path folder;
    private final Process process;

    private RealSyslog(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /** @param folder where it writes; nothing else on the machine is touched */
    static RealSyslog start(Path folder) throws IOException {
        if (!Files.isExecutable(RSYSLOGD)) {
            throw new AssertionError("This test needs a syslog server. Install it: apt-get install rsyslog");
        }
        Path settings = folder.resolve("rsyslog.conf");
        Files.writeString(settings, """
                global(workDirectory="%1$s" maxMessageSize="64k")
                module(load="imtcp")
                module(load="mmpstrucdata")
                template(name="read" type="list") {
                  constant(value="{")
                  property(outname="pri" name="pri" format="jsonf") constant(value=",")
                  property(outname="version" name="protocol-version" format="jsonf") constant(value=",")
                  property(outname="at" name="timereported" dateFormat="rfc3339" format="jsonf") constant(value=",")
                  property(outname="host" name="hostname" format="jsonf") constant(value=",")
                  property(outname="app" name="app-name" format="jsonf") constant(value=",")
                  property(outname="process" name="procid" format="jsonf") constant(value=",")
                  property(outname="id" name="msgid" format="jsonf") constant(value=",")
                  constant(value="\\"data\\":") property(name="$!rfc5424-sd") constant(value=",")
                  property(outname="text" name="msg" format="jsonf")
                  constant(value="}\\n")
                }
                ruleset(name="all" parser="rsyslog.rfc5424") {
                  action(type="mmpstrucdata")
                  action(type="omfile" file="%1$s/read.jsonl" template="read")
                }
                input(type="imtcp" address="127.0.0.1" port="0" listenPortFileName="%1$s/port" ruleset="all")
                """.formatted(folder));
        // A copy, because Ubuntu lets /usr/sbin/rsyslogd write to the system's own logs alone.
        Path program = Files.copy(RSYSLOGD, folder.resolve("rsyslogd"));
        Process process = new ProcessBuilder(program.toString(), "-n", "-iNONE", "-f", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("rsyslogd.log").toFile())
                .start();
        RealSyslog server = new RealSyslog(folder, process);
        server.await(() ->
                Files.exists(folder.resolve("port")) && !server.text("port").isBlank());
        return server;
    }

    URI address() {
        return URI.create("tcp://127.0.0.1:" + text("port").strip());
    }

    /** How it read so many messages, when it has. */
    List<JsonNode> read(int messages) {
        await(() -> Files.exists(folder.resolve("read.jsonl"))
                && text("read.jsonl").lines().count() >= messages);
        return text("read.jsonl").lines().map(Json::tree).toList();
    }

    /** What it says itself, such as that it could not read something. */
    String complaints() {
        return text("rsyslogd.log");
    }

    private String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await(BooleanSupplier condition) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new AssertionError("rsyslogd did not get there: " + complaints());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
