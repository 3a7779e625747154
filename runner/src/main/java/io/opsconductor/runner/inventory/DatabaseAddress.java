package io.opsconductor.runner.inventory;

import io.opsconductor.runner.credential.Credential;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the database of a target is.
 *
 * @param kind which database it is
 * @param port 1 to 65535; 0 for SQLite
 * @param database the database's name; empty for SQLite
 * @param file SQLite's file on the runner; null for the others
 * @param tls whether it is spoken to over TLS, whose certificate is then checked
 * @param authority file of PEM certificates of who may sign its certificate; null for the authorities that Java trusts
 * @param authorityDigest digest of that file's bytes; empty without one
 * @param credential the login; null for SQLite
 */
public record DatabaseAddress(
        Kind kind,
        int port,
        String database,
        @Nullable Path file,
        boolean tls,
        @Nullable Path authority,
        String authorityDigest,
        @Nullable Credential credential) {
    /** The databases that are known. */
    public enum Kind {
        POSTGRESQL(5432, '"'),
        MYSQL(3306, '`'),
        MARIADB(3306, '`'),
        SQLITE(0, '"');

        private final int defaultPort;
        private final char nameQuote;

        Kind(int defaultPort, char nameQuote) {
            this.defaultPort = defaultPort;
            this.nameQuote = nameQuote;
        }

        /** As in YAML; the platform of such a target as well. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        int defaultPort() {
            return defaultPort;
        }

        /** What it puts around a name. */
        public char nameQuote() {
            return nameQuote;
        }
    }
}
