package io.opsconductor.runner.step;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of one connection to a database. A driver's own limits count for each read, so a server that sends a byte now
 * and then could hold a call without an end; here whoever waits is freed from another thread, which closes the sockets.
 */
final class DatabaseDial {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseDial.class);
    private static final ScopedValue<DatabaseDial> CURRENT = ScopedValue.newInstance();

    private final List<Socket> sockets = new ArrayList<>();
    private boolean cut;

    /**
     * Makes a call of the driver, on a thread of its own, and returns when it has ended, the limit has passed, or somebody
     * cancels. Unless it has ended by itself, the sockets are closed, also those that it opens afterwards.
     *
     * @param limit for all of the call
     */
    Ending.Cause call(Duration limit, Cancellation cancellation, Runnable call) {
        Ending ending = new Ending();
        // A platform thread: SQLite and the look-up of names run in native code, where a virtual one would hold its
        // carrier.
        Thread.ofPlatform().daemon().name("database-call").start(() -> {
            try {
                ScopedValue.where(CURRENT, this).run(call);
            } finally {
                ending.ended();
            }
        });
        try (var _ = cancellation.onCancel(ending::cancelled)) {
            Ending.Cause cause = ending.await(limit);
            if (cause != Ending.Cause.ENDED) {
                cut();
            }
            return cause;
        }
    }

    /** Closes without waiting for the other side; whoever waits for it is freed. */
    void cut() {
        List<Socket> open;
        synchronized (this) {
            cut = true;
            open = List.copyOf(sockets);
            sockets.clear();
        }
        open.forEach(DatabaseDial::close);
    }

    /** Remembers a socket for the call that opens it; one that was opened outside of any call is nobody's. */
    static void remember(Socket socket) throws IOException {
        if (CURRENT.isBound() && !CURRENT.get().add(socket)) {
            close(socket);
            throw new IOException("the call that opens the socket is over");
        }
    }

    private synchronized boolean add(Socket socket) {
        return !cut && sockets.add(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing a socket to a database: {}", e.toString());
        }
    }
}
