package io.opsconductor.runner.trail;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends lines to a syslog server over TCP, each with its length before it (RFC 6587, octet counting), or over TLS (RFC
 * 5425), where the server's certificate must be one that the JVM trusts, for its name.
 */
public final class SyslogLines implements Lines {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Socket socket;
    private final OutputStream out;

    private SyslogLines(Socket socket) throws IOException {
        this.socket = socket;
        this.out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
    }

    /**
     * Connects within 10 s.
     *
     * @param address {@code tcp://HOST:PORT} or {@code tls://HOST:PORT}
     * @throws IOException naming the address, when it is none, or nobody there can be reached
     */
    public static SyslogLines to(URI address) throws IOException {
        boolean secure = "tls".equals(address.getScheme());
        if ((!secure && !"tcp".equals(address.getScheme())) || address.getHost() == null || address.getPort() < 0) {
            throw new IOException("a syslog server is named as tcp://HOST:PORT or tls://HOST:PORT, not " + address);
        }
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), (int) CONNECT.toMillis());
            return new SyslogLines(secure ? secured(socket, address) : socket);
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
        out.write((bytes.length + " ").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
    }

    @Override
    public void close() throws IOException {
        try (socket) {
            out.flush();
        }
    }
}
