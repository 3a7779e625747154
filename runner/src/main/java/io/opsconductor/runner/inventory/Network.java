package io.opsconductor.runner.inventory;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Kinds of places that an address leads to. */
public enum Network {
    PUBLIC,
    /** Within the organisation: RFC 1918, carrier-grade NAT, unique local IPv6. */
    PRIVATE,
    /** The runner's own machine. */
    LOOPBACK,
    /** The same cable, and where clouds answer with credentials: 169.254.0.0/16, fe80::/10, 168.63.129.16. */
    LINK_LOCAL;

    /** As in YAML: {@code link-local}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind of an address; empty for one that is no place to send a request to, such as a multicast address. */
    public static Optional<Network> of(InetAddress address) {
        return switch (address) {
            case Inet4Address four -> ofFour(four.getAddress());
            case Inet6Address six -> ofSix(six);
            default -> Optional.empty();
        };
    }

    private static Optional<Network> ofFour(byte[] bytes) {
        int a = bytes[0] & 0xff;
        int b = bytes[1] & 0xff;
        if (a == 0 || a >= 224) {
            return Optional.empty();
        }
        if (a == 127) {
            return Optional.of(LOOPBACK);
        }
        // 168.63.129.16 answers virtual machines of one cloud as 169.254.169.254 does elsewhere.
        if ((a == 169 && b == 254) || Arrays.equals(bytes, new byte[] {(byte) 168, 63, (byte) 129, 16})) {
            return Optional.of(LINK_LOCAL);
        }
        boolean inside = a == 10
                || (a == 172 && (b & 0xf0) == 16)
                || (a == 192 && b == 168)
                || (a == 100 && (b & 0xc0) == 64)
                || (a == 192 && b == 0 && bytes[2] == 0)
                || (a == 198 && (b & 0xfe) == 18);
        return Optional.of(inside ? PRIVATE : PUBLIC);
    }

    private static Optional<Network> ofSix(Inet6Address address) {
        byte[] bytes = address.getAddress();
        if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
            return Optional.empty();
        }
        if (address.isLoopbackAddress()) {
            return Optional.of(LOOPBACK);
        }
        if (address.isLinkLocalAddress()) {
            return Optional.of(LINK_LOCAL);
        }
        if ((bytes[0] & 0xfe) == 0xfc || address.isSiteLocalAddress()) {
            return Optional.of(PRIVATE);
        }
        // Addresses that carry one of IPv4: mapped (::/96 and ::ffff:0:0/96), translated (64:ff9b::/96), 6to4
        // (2002::/16).
        if (allZero(bytes, 0, 10) || (startsWith(bytes, 0x00, 0x64, 0xff, 0x9b) && allZero(bytes, 4, 12))) {
            return embedded(bytes, 12);
        }
        return startsWith(bytes, 0x20, 0x02) ? embedded(bytes, 2) : Optional.of(PUBLIC);
    }

    private static Optional<Network> embedded(byte[] bytes, int from) {
        try {
            return of(InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static boolean allZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        for (int i = 0; i < start.length; i++) {
            if ((bytes[i] & 0xff) != start[i]) {
                return false;
            }
        }
        return true;
    }
}
