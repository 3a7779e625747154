package io.opsconductor.counterpart.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A TCP port on which nothing listens, for a process that is told its port before it starts, or for a test that needs a port where
 * nobody answers.
 *
 * <p>It lies below the ports that Linux gives to outgoing connections (32768 and up, {@code ip_local_port_range} in ip(7)). Asking
 * the system for port 0 gives one from among those, and a connection that another process opens a moment later can be given the
 * same one.
 */
public final class FreePort {
    private static final int FIRST = 10_000;
    private static final int END = 32_000;
    private static final int MOST_TRIES = 200;

    /** A port is given once: two processes of one test must not be told the same. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /** @return a port from 10000 to 31999 on which nothing listens at this moment, and no earlier call in this process returned */
    public static int find() {
        for (int i = 0; i < MOST_TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (GIVEN.add(free.getLocalPort())) {
                    return free.getLocalPort();
                }
            } catch (IOException e) {
                // Somebody listens there: the next one.
            }
        }
        throw new IllegalStateException("tried %d ports from %d to %d of the loopback address, and none is free"
                .formatted(MOST_TRIES, FIRST, END - 1));
    }
}
