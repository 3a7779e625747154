package io.opsconductor.chat.standby;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * A place in the network where a chatbot that has the store is reached by those that stand by.
 *
 * @param host a name or an address
 * @param port 1 to 65535
 */
public record StandbyAddress(String host, int port) {
    private static final int MAX_LENGTH = 270;

    /** Reads {@code HOST:PORT}; an IPv6 address may be in brackets or not. Empty when it is none. */
    public static Optional<StandbyAddress> of(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String host = text.substring(0, colon);
        boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
        try {
            URI uri = new URI("http://" + (bare ? "[" + host + "]" : host) + text.substring(colon));
            return uri.getHost() == null
                            || uri.getUserInfo() != null
                            || !uri.getPath().isEmpty()
                            || uri.getQuery() != null
                            || uri.getFragment() != null
                            || uri.getPort() < 1
                            || uri.getPort() > 65_535
                    ? Optional.empty()
                    : Optional.of(new StandbyAddress(uri.getHost(), uri.getPort()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    URI uri() {
        return URI.create("http://" + this);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
