package io.opsconductor.runner.inventory;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The first field of a known_hosts line, taken apart once: which hosts the line is about. */
sealed interface HostNames {
    /** Whether the line is about a host, given as known_hosts writes it: in lower case, {@code [host]:port} unless the port is 22. */
    boolean has(String host);

    /** Names that are written out. */
    record Plain(List<String> names) implements HostNames {
        public Plain {
            names = List.copyOf(names);
        }

        @Override
        public boolean has(String host) {
            return names.contains(host);
        }
    }

    /** Patterns with {@code *} and {@code ?}; one of the excluded ones speaks against the whole line. */
    record Patterns(List<Pattern> included, List<Pattern> excluded) implements HostNames {
        public Patterns {
            included = List.copyOf(included);
            excluded = List.copyOf(excluded);
        }

        @Override
        public boolean has(String host) {
            return any(included, host) && !any(excluded, host);
        }

        private static boolean any(List<Pattern> patterns, String host) {
            return patterns.stream().anyMatch(pattern -> pattern.matcher(host).matches());
        }
    }

    /** A name that is hidden by HMAC-SHA1, {@code |1|salt|hash}. */
    final class Hashed implements HostNames {
        private static final String ALGORITHM = "HmacSHA1";

        private final SecretKeySpec salt;
        private final byte[] hash;

        private Hashed(byte[] salt, byte[] hash) {
            this.salt = new SecretKeySpec(salt, ALGORITHM);
            this.hash = hash;
        }

        private static Optional<HostNames> read(String field) {
            String[] parts = field.split("\\|", -1);
            try {
                return parts.length == 4
                        ? Optional.of(new Hashed(
                                Base64.getDecoder().decode(parts[2]),
                                Base64.getDecoder().decode(parts[3])))
                        : Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        @Override
        public boolean has(String host) {
            try {
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(salt);
                return MessageDigest.isEqual(mac.doFinal(host.getBytes(StandardCharsets.UTF_8)), hash);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has " + ALGORITHM, e);
            }
        }
    }

    /** Reads the field; a hash that cannot be read is about nobody. */
    static HostNames read(String field) {
        if (field.startsWith("|1|")) {
            return Hashed.read(field).orElseGet(() -> new Plain(List.of()));
        }
        List<String> names =
                new ArrayList<>(List.of(field.toLowerCase(Locale.ROOT).split(",", -1)));
        names.removeIf(String::isEmpty);
        if (names.stream().allMatch(name -> name.chars().noneMatch(c -> c == '*' || c == '?' || c == '!'))) {
            return new Plain(names);
        }
        List<Pattern> included = new ArrayList<>();
        List<Pattern> excluded = new ArrayList<>();
        for (String name : names) {
            if (name.startsWith("!")) {
                excluded.add(glob(name.substring(1)));
            } else {
                included.add(glob(name));
            }
        }
        return new Patterns(included, excluded);
    }

    private static Pattern glob(String pattern) {
        StringBuilder regex = new StringBuilder();
        pattern.chars()
                .forEach(c -> regex.append(
                        switch (c) {
                            case '*' -> ".*";
                            case '?' -> ".";
                            default -> Pattern.quote(String.valueOf((char) c));
                        }));
        return Pattern.compile(regex.toString());
    }
}
