package io.opsconductor.acceptance.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.opsconductor.counterpart.slack.SlackApp;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * One kept connection to an app, on which signed events go one after another. It is a plain socket, so that the sender takes
 * little of the machine, and the same for whatever is measured.
 */
final class EventLine implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SlackApp app;
    private final URI url;
    private final Socket socket;
    private final InputStream in;

    EventLine(SlackApp app, URI url) throws IOException {
        this.app = app;
        this.url = url;
        this.socket = new Socket(url.getHost(), url.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends one event and reads the whole answer; its status. */
    int send(String event) throws IOException {
        byte[] body = event.getBytes(UTF_8);
        String time = Long.toString(Instant.now().getEpochSecond());
        String head = "POST " + url.getPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                + "\r\nUser-Agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\nContent-Type: application/json"
                + "\r\nContent-Length: " + body.length + "\r\nX-Slack-Request-Timestamp: " + time
                + "\r\nX-Slack-Signature: " + app.signature(time, body) + "\r\n\r\n";
        ByteArrayOutputStream request = new ByteArrayOutputStream(head.length() + body.length);
        request.writeBytes(head.getBytes(US_ASCII));
        request.writeBytes(body);
        socket.getOutputStream().write(request.toByteArray());
        return answer();
    }

    private int answer() throws IOException {
        int status = Integer.parseInt(line().split(" ", -1)[1]);
        int length = 0;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
        }
        if (chunked) {
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                in.skipNBytes(size);
                line();
            }
            line();
        } else {
            in.skipNBytes(length);
        }
        return status;
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the app closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
