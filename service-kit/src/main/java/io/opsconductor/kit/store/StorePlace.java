package io.opsconductor.kit.store;

import io.opsconductor.kit.config.SecretReference;
import io.opsconductor.kit.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a process keeps what it stores. */
public sealed interface StorePlace {
    /** A file that SQLite writes. */
    record InFile(Path file) implements StorePlace {
        @Override
        public String toString() {
            return file.toString();
        }
    }

    /**
     * A database of a PostgreSQL server.
     *
     * @param url {@code jdbc:postgresql://HOST[:PORT]/DATABASE}, without a user, a password or a word about TLS
     * @param user the role that owns the tables
     * @param password read at each new connection, so that it can be changed while the process runs
     * @param verified whether the server must show a certificate for its name; otherwise the connection is not encrypted
     * @param authority who signed that certificate; empty for those whom Java trusts
     * @param connections at most so many at once, besides the one that holds the store for this process
     * @param patience how long to wait at the start for the server, and for a process before this one to end
     */
    record OnServer(
            String url,
            String user,
            SecretReference password,
            boolean verified,
            Optional<Path> authority,
            int connections,
            Duration patience)
            implements StorePlace {
        @Override
        public String toString() {
            return url;
        }
    }

    /** How the connection to a server is kept from others. */
    enum Tls {
        /** Encrypted, with a certificate that is checked. */
        VERIFY,
        /** In the clear. */
        OFF
    }

    Pattern URL = Pattern.compile("jdbc:postgresql://[^/?@#]+/[^/?@#]+(?:\\?[^#]*)?");
    /** What has a setting of its own, or would put a secret where it is shown. */
    Pattern ELSEWHERE = Pattern.compile("(?i)[?&](user|password|ssl[a-z]*|gssencmode|sslmode)=");

    /**
     * Reads {@code store.…}: {@code store.url} (default: the file), and for a server {@code store.user}, {@code store.password}
     * ({@code file:/PATH} or {@code env:NAME}), {@code store.tls} ({@code verify}, the default, or {@code off}), {@code
     * store.authority} (the file of the certificate authority, default those whom Java trusts), {@code store.connections} (2 to
     * 64, default 8) and {@code store.patience} (0s to 10m, default 30s).
     *
     * @param file where the store is when no server is named
     */
    static StorePlace read(Settings settings, Path file) {
        String url = settings.text("store.url", "");
        String user = settings.text("store.user", "");
        Path unset = file.resolveSibling("store-password");
        SecretReference password = settings.secret("store.password", unset);
        Tls tls = settings.choice("store.tls", Tls.VERIFY);
        Path authority = settings.path("store.authority", unset);
        int connections = settings.integer("store.connections", 8, 2, 64);
        Duration patience =
                settings.duration("store.patience", Duration.ofSeconds(30), Duration.ZERO, Duration.ofMinutes(10));
        if (url.isEmpty()) {
            return new InFile(file);
        }
        String mistake = mistake(url, user);
        if (mistake != null) {
            settings.mistake(mistake);
        }
        return new OnServer(
                url,
                user,
                password,
                tls == Tls.VERIFY,
                authority.equals(unset) ? Optional.empty() : Optional.of(authority),
                connections,
                patience);
    }

    /**
     * Where the store of a process is, by its settings: for looking into it beside the process, whose mistakes are its own to
     * report.
     *
     * @param process {@code chatbot} or {@code runner}
     * @param environment usually {@code System.getenv()}
     */
    static StorePlace of(String process, Path home, Map<String, String> environment) {
        Optional<Path> yaml = Optional.ofNullable(
                        environment.get("OPSCONDUCTOR_" + process.toUpperCase(Locale.ROOT) + "_CONFIG"))
                .filter(name -> !name.isBlank())
                .map(Path::of);
        return read(Settings.open(process, yaml, environment), file(home, process));
    }

    /** The file of a process's store below a home. */
    static Path file(Path home, String process) {
        return home.resolve(process).resolve("store.db");
    }

    private static @Nullable String mistake(String url, String user) {
        if (ELSEWHERE.matcher(url).find()) {
            return "store.url says more than where the store is: give the user, the password and TLS in store.user,"
                    + " store.password, store.tls and store.authority";
        }
        if (!URL.matcher(url).matches()) {
            return "store.url is not the address of a PostgreSQL database: it must be like"
                    + " jdbc:postgresql://db.example.com:5432/opsconductor; leave it out for a file";
        }
        return user.isEmpty() ? "store.user is missing: name the role of PostgreSQL that owns the database" : null;
    }
}
