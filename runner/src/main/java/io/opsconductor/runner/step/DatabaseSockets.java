package io.opsconductor.runner.step;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Sockets that can be closed while a driver waits on them. Public because the drivers make it, from its class's name. */
public final class DatabaseSockets extends SocketFactory {
    /** Made by a driver. */
    public DatabaseSockets() {}

    @Override
    public Socket createSocket() throws IOException {
        Socket socket = new Socket();
        DatabaseDial.remember(socket);
        return socket;
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
