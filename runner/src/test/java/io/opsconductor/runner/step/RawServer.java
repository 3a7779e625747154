package io.opsconductor.runner.step;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;

/** A server that keeps each request byte for byte and answers with whatever bytes a test likes. */
final class RawServer implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)\r\n");

    /** Writes an answer; the connection is closed after it. */
    interface Answer {
        void write(int number, OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final Answer answer;
    private final boolean atOnce;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    RawServer(ServerSocketFactory factory, Answer answer) throws IOException {
        this(factory, answer, false);
    }

    private RawServer(ServerSocketFactory factory, Answer answer, boolean atOnce) throws IOException {
        this.server = factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.answer = answer;
        this.atOnce = atOnce;
        Thread.ofVirtual().start(this::accept);
    }

    RawServer(Answer answer) throws IOException {
        this(ServerSocketFactory.getDefault(), answer);
    }

    /** Always the same text. */
    static RawServer saying(String text) throws IOException {
        return new RawServer((number, out) -> out.write(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** The same text as soon as the first byte came, as web servers answer to what is no HTTP. */
    static RawServer atOnce(String text) throws IOException {
        return new RawServer(
                ServerSocketFactory.getDefault(),
                (number, out) -> out.write(text.getBytes(StandardCharsets.ISO_8859_1)),
                true);
    }

    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    int port() {
        return server.getLocalPort();
    }

    /** As they came, headers and body. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            String request = atOnce ? first(socket.getInputStream()) : read(socket.getInputStream());
            if (request.isEmpty()) {
                return;
            }
            requests.add(request);
            answer.write(requests.size(), socket.getOutputStream());
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // The client went away; what it says about that is what the test looks at.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String first(InputStream in) throws IOException {
        return new String(in.readNBytes(1), StandardCharsets.ISO_8859_1);
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            all.write(b);
            String head = all.toString(StandardCharsets.UTF_8);
            if (head.endsWith("\r\n\r\n")) {
                Matcher length = LENGTH.matcher(head);
                all.write(in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0));
                break;
            }
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
