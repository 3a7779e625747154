package io.opsconductor.acceptance.bench.several;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** One address for several servers of this machine: each connection goes to the next one that takes it, byte for byte. */
final class Spreader implements AutoCloseable {
    private static final int PIECE_BYTES = 16_384;

    private final List<Integer> ports;
    private final ServerSocket door;
    private final AtomicInteger next = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private Spreader(List<Integer> ports) throws IOException {
        this.ports = List.copyOf(ports);
        this.door = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    }

    static Spreader start(List<Integer> ports) throws IOException {
        Spreader spreader = new Spreader(ports);
        Thread.ofVirtual().start(spreader::accept);
        return spreader;
    }

    int port() {
        return door.getLocalPort();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket caller = door.accept();
                var _ = threads.submit(() -> serve(caller));
            } catch (IOException e) {
                if (!door.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket caller) {
        for (int tried = 0; tried < ports.size(); tried++) {
            int port = ports.get(Math.floorMod(next.getAndIncrement(), ports.size()));
            try {
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                var _ = threads.submit(() -> copy(server, caller));
                copy(caller, server);
                return;
            } catch (IOException e) {
                // Nobody listens there now.
            }
        }
        closed(caller);
    }

    /** Until one of the two is gone; then so is the other. */
    private static void copy(Socket from, Socket to) {
        byte[] piece = new byte[PIECE_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                out.write(piece, 0, read);
            }
        } catch (IOException e) {
            // As good as its end.
        } finally {
            closed(from);
            closed(to);
        }
    }

    private static void closed(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone anyway.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
    }
}
