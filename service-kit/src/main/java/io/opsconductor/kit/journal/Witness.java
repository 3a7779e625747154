package io.opsconductor.kit.journal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
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
    /** What the header is called that says a process's latest checkpoint: its number, its digest, and which instance's of several. */
    public static final String HEADER = "OpsConductor-Checkpoint";

    /** The type of a record of it. */
    public static final String RECORD = "checkpoint_witnessed";

    private static final Logger LOG = LoggerFactory.getLogger(Witness.class);
    private static final Pattern SAID = Pattern.compile("(\\d{1,15}) (sha256:[0-9a-f]{64})(?: ([a-z0-9-]{1,40}))?");
    private static final int MOST_INSTANCES = 64;
    /** Whoever says another one with each call must not fill the journal. */
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(1);

    private final Journal journal;
    private final String other;
    private final InstantSource clock;
    /** What was said last, by instance. */
    private final Map<String, String> last = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST_INSTANCES;
        }
    };

    private Instant next = Instant.MIN;

    /** @param other name of the process whose checkpoints are seen */
    public Witness(Journal journal, String other, InstantSource clock) {
        this.journal = journal;
        this.other = other;
        this.clock = clock;
    }

    /** Takes what the other one said, if it said anything; what is none of its checkpoints is left alone. */
    public void see(Optional<String> said) {
        said.map(SAID::matcher).filter(Matcher::matches).filter(this::isNew).ifPresent(this::record);
    }

    private static String instance(Matcher said) {
        return said.group(3) == null ? "" : said.group(3);
    }

    private synchronized boolean isNew(Matcher said) {
        Instant now = clock.instant();
        if (said.group().equals(last.get(instance(said))) || now.isBefore(next)) {
            return false;
        }
        last.put(instance(said), said.group());
        next = now.plus(AT_MOST_EVERY);
        return true;
    }

    private void record(Matcher said) {
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("process", other);
        if (!instance(said).isEmpty()) {
            seen.put("instance", instance(said));
        }
        seen.put("number", Long.parseLong(said.group(1)));
        seen.put("digest", said.group(2));
        try {
            // Nothing depends on it: it becomes durable with the next line that is waited for.
            journal.note(new JournalRecord(RECORD, "", "", "", seen));
        } catch (JournalUnavailableException e) {
            LOG.debug("a checkpoint of the {} was not written down: {}", other, e.getMessage());
        }
    }
}
