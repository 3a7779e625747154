package io.opsconductor.chat.deliver;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Told;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells the events of one conversation in its place on a platform. Telling an event again adds only what was not posted yet.
 */
public interface Teller {
    String conversation();

    /** How people are named there. */
    Mentions mentions();

    Outcome message(long seq, ChatEvent.Message message) throws InterruptedException;

    Outcome plan(ChatEvent.PlanCard card) throws InterruptedException;

    /**
     * Brings a plan's card up to date.
     *
     * @param anyway sends it even when it should look so already
     */
    Outcome card(String approval, boolean anyway) throws InterruptedException;

    Outcome result(ChatEvent.Result result) throws InterruptedException;

    Outcome question(long seq, ChatEvent.Question question) throws InterruptedException;

    Outcome failure(long seq, ChatEvent.Failure failure) throws InterruptedException;

    Outcome progress(LiveProgress live, Instant now) throws InterruptedException;

    /** Something that cannot be shown is at least spoken of. */
    Outcome unshowable(Told told, String reference) throws InterruptedException;

    /** Brings outputs that people asked for and that are not there yet. */
    Outcome outputs() throws InterruptedException;

    /** Takes the next change of a progress message; how long until one is free when none is. */
    Duration beforeProgress();

    /**
     * Nothing can be told there any more.
     *
     * @param told the last event that is told
     */
    void gone(String error, long told) throws InterruptedException;
}
