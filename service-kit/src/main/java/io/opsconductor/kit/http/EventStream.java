package io.opsconductor.kit.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Server-sent events on a response (WHATWG HTML, section 9.2). One writer at a time; a reader that went away shows as an
 * {@link UncheckedIOException} at the next write, which heartbeats make soon.
 */
public final class EventStream implements AutoCloseable {
    private final OutputStream out;

    private EventStream(OutputStream out) {
        this.out = out;
    }

    /** Starts the stream: the status and headers go out with the first write. */
    public static EventStream open(ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8");
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.header(HeaderNames.create("X-Accel-Buffering"), "no");
        return new EventStream(response.outputStream());
    }

    /**
     * Writes one event, which may stay here until {@link #flush}.
     *
     * @param data one line of JSON
     */
    public void event(long id, String data) {
        write("id: " + id + "\ndata: " + data + "\n\n");
    }

    /** Writes a comment, which readers ignore, and sends it. */
    public void heartbeat() {
        write(": still here\n\n");
        flush();
    }

    /** Sends what was written: several events at once are one piece on the wire. */
    public void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
