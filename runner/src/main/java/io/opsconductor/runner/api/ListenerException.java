package io.opsconductor.runner.api;

import org.jspecify.annotations.Nullable;

/** A port that cannot be listened on. */
public final class ListenerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ListenerException(String name, String host, int port, @Nullable Throwable cause) {
        super(
                "the " + name + " cannot listen on " + host + ":" + port
                        + ": another process has the port, or the address is not this machine's; stop the other one or"
                        + " set another port",
                cause);
    }
}
