package io.opsconductor.runner.step;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/** Sockets that send small packets at once: waiting for more to send costs 40 ms a command. One socket is remembered. */
final class NoDelaySockets extends SocketFactory {
    private @Nullable Socket last;
    private boolean closed;

    @Override
    public synchronized Socket createSocket() throws IOException {
        if (closed) {
            throw new SocketException("it is not to be connected any more");
        }
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        last = socket;
        return socket;
    }

    /** Ends whatever waits on the socket, from any thread; there is no further one. */
    void close() throws IOException {
        Socket socket;
        synchronized (this) {
            closed = true;
            socket = last;
        }
        if (socket != null) {
            socket.close();
        }
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw unconnectedOnly();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw unconnectedOnly();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw unconnectedOnly();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw unconnectedOnly();
    }

    private static UnsupportedOperationException unconnectedOnly() {
        return new UnsupportedOperationException("connecting here would pass over the time limit");
    }
}
