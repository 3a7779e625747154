package io.opsconductor.chat.teams.token;

import java.net.URI;

/**
 * The address of a Bot Connector to which our token may be sent. {@link ServiceHosts} alone makes one, so that a text from
 * outside or from the store is none before its host was looked up in the allow list.
 */
public final class ServiceAddress {
    private final URI uri;

    ServiceAddress(URI uri) {
        this.uri = uri;
    }

    /** Ends with a slash. */
    public URI uri() {
        return uri;
    }

    /** An address below it; {@code path} is already encoded and begins without a slash. */
    public URI at(String path) {
        return URI.create(uri + path);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServiceAddress address && address.uri.equals(uri);
    }

    @Override
    public int hashCode() {
        return uri.hashCode();
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
