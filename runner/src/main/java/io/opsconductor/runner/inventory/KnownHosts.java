package io.opsconductor.runner.inventory;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Host keys in OpenSSH's known_hosts form: plain, {@code [host]:port}, patterns with {@code *}, {@code ?} and
 * {@code !}, and hashed names. A key marked {@code @revoked} is never trusted; {@code @cert-authority} lines are not
 * used.
 */
final class KnownHosts {
    private record Entry(@Nullable String marker, HostNames hosts, HostKey key, int line) {}

    private final List<Entry> entries = new ArrayList<>();
    /** A file names thousands of hosts, and each is looked up once for each target. */
    private final Map<String, List<Entry>> byName = new HashMap<>();

    private final List<Entry> others = new ArrayList<>();
    private final List<Integer> unreadable = new ArrayList<>();
    private final List<Integer> authorities = new ArrayList<>();

    static KnownHosts parse(String text) {
        KnownHosts known = new KnownHosts();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String trimmed = line.strip();
            if (!trimmed.isEmpty() && !trimmed.startsWith("#")) {
                known.add(trimmed, number);
            }
        }
        return known;
    }

    /** Numbers of lines that are not host keys. */
    List<Integer> unreadable() {
        return unreadable;
    }

    /** Numbers of lines that name an authority for host certificates. */
    List<Integer> authorities() {
        return authorities;
    }

    /** Numbers of the lines that name an authority for this address and port. */
    List<Integer> authoritiesFor(String address, int port) {
        String wanted = wanted(address, port);
        return about(wanted)
                .filter(entry -> "@cert-authority".equals(entry.marker()))
                .map(Entry::line)
                .toList();
    }

    /** Whether a line says of any host that this key must not be trusted. */
    boolean isRevoked(HostKey key) {
        return entries.stream()
                .anyMatch(entry ->
                        "@revoked".equals(entry.marker()) && entry.key().equals(key));
    }

    /** The keys pinned for an address and port. */
    List<HostKey> keysFor(String address, int port) {
        String wanted = wanted(address, port);
        Set<HostKey> keys = new LinkedHashSet<>();
        Set<HostKey> revoked = new LinkedHashSet<>();
        about(wanted).forEach(entry -> {
            if (entry.marker() == null) {
                keys.add(entry.key());
            } else if (entry.marker().equals("@revoked")) {
                revoked.add(entry.key());
            }
        });
        keys.removeAll(revoked);
        return List.copyOf(keys);
    }

    /** The lines about a host, in the order of the file. */
    private Stream<Entry> about(String wanted) {
        return Stream.concat(
                        byName.getOrDefault(wanted, List.of()).stream(),
                        others.stream().filter(entry -> entry.hosts().has(wanted)))
                .sorted(Comparator.comparingInt(Entry::line));
    }

    private static String wanted(String address, int port) {
        String name = address.toLowerCase(Locale.ROOT);
        return port == 22 ? name : "[" + name + "]:" + port;
    }

    private void add(String line, int number) {
        List<String> parts = List.of(line.split("\\s+", 5));
        String marker = parts.getFirst().startsWith("@") ? parts.getFirst() : null;
        int at = marker == null ? 0 : 1;
        if (parts.size() < at + 3 || !isKey(parts.get(at + 1), parts.get(at + 2))) {
            unreadable.add(number);
            return;
        }
        if (marker != null && marker.equals("@cert-authority")) {
            authorities.add(number);
        }
        Entry entry = new Entry(
                marker, HostNames.read(parts.get(at)), new HostKey(parts.get(at + 1), parts.get(at + 2)), number);
        entries.add(entry);
        if (entry.hosts() instanceof HostNames.Plain(List<String> names)) {
            Set.copyOf(names)
                    .forEach(name ->
                            byName.computeIfAbsent(name, n -> new ArrayList<>()).add(entry));
        } else {
            others.add(entry);
        }
    }

    private static boolean isKey(String type, String base64) {
        try {
            byte[] wire = Base64.getDecoder().decode(base64);
            byte[] name = type.getBytes(StandardCharsets.US_ASCII);
            // The wire form begins with its own type: four bytes of length, then the name.
            return wire.length > name.length + 4
                    && new String(wire, 4, name.length, StandardCharsets.US_ASCII).equals(type);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
