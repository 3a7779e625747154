package io.opsconductor.runner.inventory;

/**
 * A public key by which a host may prove itself.
 *
 * @param type such as {@code ssh-ed25519}
 * @param base64 the key's SSH wire form
 */
public record HostKey(String type, String base64) {
    /** As in a known_hosts file, without the host. */
    public String line() {
        return type + " " + base64;
    }
}
