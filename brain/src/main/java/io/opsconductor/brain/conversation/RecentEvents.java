package io.opsconductor.brain.conversation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The end of a conversation in memory, up to a size: what live readers read, and the only place of raw output. Not safe
 * for several threads: its conversation's lock guards it.
 */
final class RecentEvents {
    private static final int MAX_CHARACTERS = 200_000;

    private record Kept(PostedEvent event, boolean stored) {}

    private final ArrayDeque<Kept> kept = new ArrayDeque<>();
    private long complete;
    private int characters;

    /**
     * Nothing kept yet.
     *
     * @param complete the last number given out before
     */
    RecentEvents(long complete) {
        this.complete = complete;
    }

    void add(PostedEvent event, boolean stored) {
        kept.add(new Kept(event, stored));
        characters += event.json().length();
        while (characters > MAX_CHARACTERS && !kept.isEmpty()) {
            Kept oldest = kept.remove();
            characters -= oldest.event.json().length();
            complete = oldest.event.seq();
        }
    }

    /** Whether every event after this number is here. */
    boolean isCompleteAfter(long seq) {
        return seq >= complete;
    }

    /** The events after a number, in order. */
    List<PostedEvent> after(long seq) {
        List<PostedEvent> events = new ArrayList<>();
        for (Kept one : kept) {
            if (one.event.seq() > seq) {
                events.add(one.event);
            }
        }
        return events;
    }

    /** Those after a number that are in no store. */
    List<PostedEvent> outputAfter(long seq) {
        List<PostedEvent> events = new ArrayList<>();
        for (Kept one : kept) {
            if (!one.stored && one.event.seq() > seq) {
                events.add(one.event);
            }
        }
        return events;
    }
}
