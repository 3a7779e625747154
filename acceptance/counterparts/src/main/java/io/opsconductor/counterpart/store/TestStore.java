package io.opsconductor.counterpart.store;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** The kinds of store, for tests that are run with each of them. */
public enum TestStore {
    /** A file below the home: what a process takes that is not told otherwise. */
    SQLITE {
        @Override
        public Map<String, String> settings(String process, Path home) {
            String prefix = "OPSCONDUCTOR_" + process.toUpperCase(Locale.ROOT) + "_STORE_";
            // As if nothing were said, also where something was before.
            return Map.of(prefix + "URL", "", prefix + "USER", "", prefix + "PASSWORD", "", prefix + "TLS", "");
        }
    },
    /** A database of a real server. */
    POSTGRESQL {
        @Override
        public Map<String, String> settings(String process, Path home) {
            return PostgreSqlServer.shared().place(process + " " + home).settings(process);
        }
    };

    /**
     * What sets a store of this kind for a process: variables of its environment. It is empty at first, and the same one for the
     * same process and home.
     *
     * @param process {@code chatbot} or {@code runner}
     */
    public abstract Map<String, String> settings(String process, Path home);

    /** The kind in which tests run that are not run with each: {@code OPSCONDUCTOR_TEST_STORE}, by default a file. */
    public static TestStore usual() {
        return "postgresql".equals(System.getenv("OPSCONDUCTOR_TEST_STORE")) ? POSTGRESQL : SQLITE;
    }
}
