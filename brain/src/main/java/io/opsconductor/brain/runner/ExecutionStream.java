package io.opsconductor.brain.runner;

import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import io.opsconductor.plan.ExecutionEvent;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Reads an execution's events from the runner's stream. The runner writes at least a heartbeat every 10 s: when nothing
 * comes for {@link #SILENCE}, or a line does not end within it, the stream counts as lost. One reader at a time.
 */
public final class ExecutionStream implements AutoCloseable {
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final int MAX_LINE_BYTES = 32 * 1024 * 1024;

    private final InputStream in;
    private final ScheduledExecutorService watch;

    ExecutionStream(InputStream body, ScheduledExecutorService watch) {
        this.in = new BufferedInputStream(body, 16 * 1024);
        this.watch = watch;
    }

    /**
     * The next event, as soon as it comes; empty at the end of the stream.
     *
     * @throws IOException when the connection is lost, or what it brings is no event stream
     */
    public Optional<ExecutionEvent> next() throws IOException {
        StringBuilder data = new StringBuilder();
        while (true) {
            Optional<String> line = line();
            if (line.isEmpty()) {
                return Optional.empty();
            }
            String text = line.get();
            if (text.startsWith("data:")) {
                data.append(text, text.startsWith("data: ") ? 6 : 5, text.length());
            } else if (text.isEmpty() && !data.isEmpty()) {
                return Optional.of(event(data.toString()));
            }
        }
    }

    /** Reads on to the end of the stream, which follows the last event at once; nothing that comes is used. */
    public void drain() {
        try {
            Optional<ExecutionEvent> ignored = next();
            while (ignored.isPresent()) {
                ignored = next();
            }
        } catch (IOException e) {
            close();
        }
    }

    private static ExecutionEvent event(String json) throws IOException {
        try {
            return Json.read(json, ExecutionEvent.class);
        } catch (InvalidJsonException e) {
            throw new IOException("the runner sent an event that this version does not know: " + e.getMessage(), e);
        }
    }

    private Optional<String> line() throws IOException {
        ScheduledFuture<?> alarm = watch.schedule(this::close, SILENCE.toMillis(), TimeUnit.MILLISECONDS);
        try {
            ByteArrayOutputStream line = new ByteArrayOutputStream(256);
            int b;
            while ((b = in.read()) != '\n') {
                if (b < 0) {
                    return Optional.empty();
                }
                if (line.size() >= MAX_LINE_BYTES) {
                    throw new IOException("the runner sent a line of more than " + MAX_LINE_BYTES + " bytes");
                }
                line.write(b);
            }
            return Optional.of(line.toString(StandardCharsets.UTF_8));
        } finally {
            alarm.cancel(false);
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            // The other side is gone already, which is what closing is for.
            return;
        }
    }
}
