package io.opsconductor.chat.slack.workspace;

import io.opsconductor.kit.store.Database;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;

/** Installations that somebody began: each state is good once, for a short time. */
final class InstallStates {
    static final Duration LIFE = Duration.ofMinutes(10);

    private static final int BYTES = 32;

    private final Database database;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    InstallStates(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A new state; what has expired is deleted on the way. */
    String begin() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String state = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        database.transaction(tx -> {
            tx.dml(
                    "delete from slack_oauth_state where expires_at < ?",
                    clock.instant().toString());
            return tx.dml(
                    "insert into slack_oauth_state (state, expires_at) values (?, ?)",
                    state,
                    clock.instant().plus(LIFE).toString());
        });
        return state;
    }

    /** Uses the state up; false when it was never given, is used up, or has expired. */
    boolean end(String state) {
        return database.change(
                        "delete from slack_oauth_state where state = ? and expires_at >= ?",
                        state,
                        clock.instant().toString())
                == 1;
    }
}
