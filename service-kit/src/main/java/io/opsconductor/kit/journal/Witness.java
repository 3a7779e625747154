package io.opsconductor.kit.journal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down, in the journal of one process, the checkpoints of another one. Each process says its latest with every call
 * and every answer, so that whoever rewrites one journal and all that was signed of it is contradicted by the other one.
 */
public final class Witness {
    /** What the header is called that says a process's latest checkpoint: its number, and its digest. */
    public static final String HEADER = "OpsConductor-Checkpoint";

    /** The type of a record of it. */
    public static final String RECORD = "checkpoint_witnessed";

    private static final Logger LOG = LoggerFactory.getLogger(Witness.class);
    private static final Pattern SAID = Pattern.compile("(\\d{1,15}) (sha256:[0-9a-f]{64})");
    /** Whoever says another one with each call must not fill the journal. */
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(1);

    private final Journal journal;
    private final String other;
    private final InstantSource clock;
    private String last = "";
    private Instant next = Instant.MIN;

    /** @param other name of the process whose checkpoints are seen */
    public Witness(Journal journal, String other, InstantSource clock) {
        this.journal = journal;
        this.other = other;
        this.clock = clock;
    }

    /** Takes what the other one said, if it said anything; what is none of its checkpoints is left alone. */
    public void see(Optional<String> said) {
        said.filter(this::isNew).map(SAID::matcher).filter(Matcher::matches).ifPresent(this::record);
    }

    private synchronized boolean isNew(String said) {
        Instant now = clock.instant();
        if (said.equals(last) || now.isBefore(next)) {
            return false;
        }
        last = said;
        next = now.plus(AT_MOST_EVERY);
        return true;
    }

    private void record(Matcher said) {
        try {
            // Nothing depends on it: it becomes durable with the next line that is waited for.
            journal.note(new JournalRecord(
                    RECORD,
                    "",
                    "",
                    "",
                    Map.of("process", other, "number", Long.parseLong(said.group(1)), "digest", said.group(2))));
        } catch (JournalUnavailableException e) {
            LOG.debug("a checkpoint of the {} was not written down: {}", other, e.getMessage());
        }
    }
}
