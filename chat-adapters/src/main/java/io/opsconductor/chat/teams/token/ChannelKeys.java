package io.opsconductor.chat.teams.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.teams.http.Bounds;
import io.opsconductor.chat.teams.http.HttpCalls;
import io.opsconductor.chat.teams.http.Reply;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that the Bot Connector publishes. They are read again once a day, and when a token names one that is not known,
 * at most once a minute, so that invented names cost nothing. While they cannot be read, those that are known go on to be
 * used for five days at most.
 */
public final class ChannelKeys {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelKeys.class);
    /** Twice in a row, for two documents, while somebody of Teams waits; there are about twenty keys. */
    private static final Bounds DOCUMENT = new Bounds(Duration.ofSeconds(5), 512 * 1024);

    private static final Duration FRESH = Duration.ofHours(24);
    private static final Duration USABLE = Duration.ofDays(5);
    private static final Duration BETWEEN_READS = Duration.ofMinutes(1);
    /** Of reads that failed while nothing is known: somebody waits. */
    private static final Duration BETWEEN_FAILURES = Duration.ofSeconds(5);

    private final URI metadata;
    private final String issuer;
    private final HttpCalls http;
    private final InstantSource clock;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Known known;
    private volatile Instant tried = Instant.MIN;
    private volatile String problem = "they were not read yet";

    private record Known(Map<String, ChannelKey> keys, Instant at) {}

    /** What is known of a key's name. */
    sealed interface Found {
        record Key(ChannelKey key) implements Found {}

        /** No such key is published. */
        record Unknown() implements Found {}

        /** The published keys cannot be read. */
        record NotNow(String why) implements Found {}
    }

    /**
     * Keys of one issuer.
     *
     * @param metadata address of its OpenID metadata
     * @param issuer that the metadata must name
     */
    public ChannelKeys(URI metadata, String issuer, HttpCalls http, InstantSource clock) {
        this.metadata = metadata;
        this.issuer = issuer;
        this.http = http;
        this.clock = clock;
    }

    /** For the health of the process: why the keys cannot be read; empty when they can, or were not needed yet. */
    public Optional<String> problem() {
        return (known == null && tried.equals(Instant.MIN)) || usable().isPresent()
                ? Optional.empty()
                : Optional.of(problem);
    }

    /** Reads them now, for a check by hand; why that does not work, empty when it does. */
    public Optional<String> trial() throws InterruptedException {
        reading.lockInterruptibly();
        try {
            return read();
        } finally {
            reading.unlock();
        }
    }

    Found find(String id) throws InterruptedException {
        if (isDue(usable(), id)) {
            reading.lockInterruptibly();
            try {
                // Another thread may have read them meanwhile.
                if (isDue(usable(), id)) {
                    read().ifPresentOrElse(
                                    why -> LOG.warn("Teams: the keys of the Bot Connector could not be read: {}", why),
                                    () -> LOG.info("Teams: the keys of the Bot Connector are known"));
                }
            } finally {
                reading.unlock();
            }
        }
        Optional<Known> usable = usable();
        if (usable.isEmpty()) {
            return new Found.NotNow(problem);
        }
        ChannelKey key = usable.get().keys().get(id);
        return key == null ? new Found.Unknown() : new Found.Key(key);
    }

    private Optional<Known> usable() {
        return Optional.ofNullable(known)
                .filter(keys -> !clock.instant().isAfter(keys.at().plus(USABLE)));
    }

    private boolean isDue(Optional<Known> usable, String id) {
        Instant now = clock.instant();
        if (usable.isEmpty()) {
            return isPast(BETWEEN_FAILURES, now);
        }
        boolean old = now.isAfter(usable.get().at().plus(FRESH));
        boolean unknown = !usable.get().keys().containsKey(id);
        return (old || unknown) && isPast(BETWEEN_READS, now);
    }

    private boolean isPast(Duration pause, Instant now) {
        return tried.equals(Instant.MIN) || !now.isBefore(tried.plus(pause));
    }

    /** Why they could not be read; empty when they were. */
    private Optional<String> read() throws InterruptedException {
        tried = clock.instant();
        try {
            JsonNode described = document(metadata);
            if (!described.path("issuer").asText("").equals(issuer)) {
                throw new UnreadableException("the metadata at " + metadata + " is not that of " + issuer);
            }
            URI address = keysAddress(described.path("jwks_uri").asText(""));
            Map<String, ChannelKey> keys = KeySet.read(document(address));
            if (keys.isEmpty()) {
                throw new UnreadableException("there is no usable key at " + address);
            }
            known = new Known(keys, clock.instant());
            return Optional.empty();
        } catch (UnreadableException e) {
            problem = String.valueOf(e.getMessage());
            return Optional.of(problem);
        }
    }

    /** The keys are at the metadata's own host, which TLS vouches for. */
    private URI keysAddress(String text) throws UnreadableException {
        try {
            URI address = URI.create(text);
            if (Objects.equals(address.getScheme(), metadata.getScheme())
                    && Objects.equals(address.getAuthority(), metadata.getAuthority())) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new UnreadableException("the metadata at " + metadata + " names keys at another host");
    }

    private JsonNode document(URI address) throws UnreadableException, InterruptedException {
        return switch (http.get(address, DOCUMENT)) {
            case Reply.Answered answered
            when answered.isOk() -> {
                try {
                    yield Json.tree(answered.body());
                } catch (InvalidJsonException e) {
                    throw new UnreadableException("what " + address + " answers is not JSON");
                }
            }
            case Reply.Answered answered ->
                throw new UnreadableException(address + " answers with HTTP status " + answered.status());
            case Reply.NotSent(String why) -> throw new UnreadableException(address + ": " + why);
            case Reply.NoAnswer(String why) -> throw new UnreadableException(address + ": " + why);
        };
    }

    private static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1;

        UnreadableException(String message) {
            super(message);
        }
    }
}
