package io.opsconductor.runner.trail;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends lines to a syslog server over TCP, each with its length before it (RFC 6587, octet counting), or over TLS (RFC
 * 5425), where the server's certificate must be one that the JVM trusts, for its name. A server that stops reading is given
 * up, since nothing but closing the socket ends a write to it.
 */
public final class SyslogLines implements Lines {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final int BUFFER = 1 << 16;

    private final URI address;
    private final Socket plain;
    private final Socket socket;
    private final OutputStream out;
    private final Duration patience;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("syslog-watch").factory());
    private volatile boolean givenUp;

    private SyslogLines(URI address, Socket plain, Socket socket, Duration patience) throws IOException {
        this.address = address;
        this.plain = plain;
        this.socket = socket;
        this.out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
        this.patience = patience;
    }

    /** As {@link #to(URI, Duration)}, with patience for 30 s. */
    public static SyslogLines to(URI address) throws IOException {
        return to(address, SILENCE);
    }

    /**
     * Connects within 10 s.
     *
     * @param patience for how long the server may take nothing of what is sent
     * @param address {@code tcp://HOST:PORT} or {@code tls://HOST:PORT}
     * @throws IOException naming the address, when it is none, or nobody there can be reached
     */
    public static SyslogLines to(URI address, Duration patience) throws IOException {
        boolean secure = "tls".equals(address.getScheme());
        if ((!secure && !"tcp".equals(address.getScheme())) || address.getHost() == null || address.getPort() < 0) {
            throw new IOException("a syslog server is named as tcp://HOST:PORT or tls://HOST:PORT, not " + address);
        }
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), (int) CONNECT.toMillis());
            return new SyslogLines(address, socket, secure ? secured(socket, address) : socket, patience);
        } catch (IOException e) {
            socket.close();
            throw new IOException("the syslog server " + address + " cannot be reached: " + e.getMessage(), e);
        }
    }

    private static Socket secured(Socket socket, URI address) throws IOException {
        SSLSocket secured = (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault())
                .createSocket(socket, address.getHost(), address.getPort(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.setSoTimeout((int) CONNECT.toMillis());
        secured.startHandshake();
        return secured;
    }

    @Override
    public void add(String line) throws IOException {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        watched(() -> {
            out.write((bytes.length + " ").getBytes(StandardCharsets.US_ASCII));
            for (int from = 0; from < bytes.length; from += BUFFER) {
                out.write(bytes, from, Math.min(BUFFER, bytes.length - from));
            }
        });
    }

    private interface Writing {
        void run() throws IOException;
    }

    private void watched(Writing writing) throws IOException {
        ScheduledFuture<?> alarm = watch.schedule(this::giveUp, patience.toMillis(), TimeUnit.MILLISECONDS);
        try {
            writing.run();
        } catch (IOException e) {
            throw givenUp
                    ? new IOException(
                            "the syslog server " + address + " took nothing for " + patience.toMillis()
                                    + " ms: the export ends in the middle; send it again",
                            e)
                    : e;
        } finally {
            alarm.cancel(false);
        }
    }

    private void giveUp() {
        givenUp = true;
        try {
            // Closing a TLS socket writes to it first, and would wait as well.
            plain.close();
        } catch (IOException e) {
            // It is being given up: whatever waits for it now ends.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        try (plain) {
            if (!givenUp) {
                watched(out::flush);
                socket.close();
            }
        } finally {
            watch.shutdownNow();
        }
    }
}
