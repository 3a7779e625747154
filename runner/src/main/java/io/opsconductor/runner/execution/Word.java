package io.opsconductor.runner.execution;

import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.store.ExecutionKey;
import io.opsconductor.runner.store.Spot;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What runners tell one another about a target while it runs elsewhere than at its leader.
 *
 * @param kind what it is about
 * @param tenant whose the execution is
 * @param execution its id
 * @param step index of the step, from 0
 * @param position index of the target within the step, from 0
 * @param stream of output: {@code stdout} or {@code stderr}; empty otherwise
 * @param text of output, or why the target waits; empty otherwise
 */
record Word(Kind kind, String tenant, String execution, int step, int position, String stream, String text) {
    /** In JSON each character may take six. */
    private static final int LONGEST = 6 * OutputCoalescer.PIECE_CHARS + 1_000;

    private static final String REORDERING = "\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069";

    /** What a word can be about. */
    enum Kind {
        /** The store has news of it. */
        LOOK,
        /** It shall stop; the store says why. */
        STOP,
        OUTPUT,
        WAITING
    }

    static Word of(Kind kind, Spot spot) {
        return of(kind, spot, "", "");
    }

    private static Word of(Kind kind, Spot spot, String stream, String text) {
        ExecutionKey key = spot.execution();
        return new Word(kind, key.tenant().name(), key.id(), spot.step(), spot.position(), stream, text);
    }

    /** What an event of a target that runs here is to whoever leads its execution. */
    static Word of(Spot spot, ExecutionEvent event) {
        return switch (event) {
            case ExecutionEvent.Output output -> of(Kind.OUTPUT, spot, output.stream(), output.text());
            case ExecutionEvent.Waiting waiting -> of(Kind.WAITING, spot, "", waiting.reason());
            default -> of(Kind.LOOK, spot);
        };
    }

    /** What somebody said, if it is one; anybody may have written anything. */
    static Optional<Word> read(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(text, Word.class)).filter(Word::isSound);
        } catch (InvalidJsonException e) {
            return Optional.empty();
        }
    }

    private boolean isSound() {
        if (Stream.of(kind, tenant, execution, this.stream, text).anyMatch(Objects::isNull)) {
            return false;
        }
        boolean stream = kind != Kind.OUTPUT || this.stream.equals("stdout") || this.stream.equals("stderr");
        return stream
                && Tenant.of(tenant).isPresent()
                && text.length() <= OutputCoalescer.PIECE_CHARS
                && (kind != Kind.OUTPUT || !text.isEmpty())
                && text.chars().allMatch(Word::isHarmless);
    }

    private static boolean isHarmless(int c) {
        return c == '\n' || c == '\t' || !(Character.isISOControl(c) || REORDERING.indexOf(c) >= 0);
    }

    Spot spot() {
        return new Spot(new ExecutionKey(new Tenant(tenant), execution), step, position);
    }

    String json() {
        return Json.write(this);
    }
}
