package io.opsconductor.chat.slack.handle;

import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.conversation.Inbox;
import io.opsconductor.brain.conversation.Receipt;
import io.opsconductor.chat.slack.call.SlackCalls;
import io.opsconductor.chat.slack.thread.SlackThread;
import io.opsconductor.chat.slack.thread.SlackThreads;
import java.util.Optional;

/** Hands what people say to the brain, in the conversation of the place where it was said. */
final class Talk {
    static final String AT_WORK = "is looking at it…";

    private final Inbox inbox;
    private final SlackThreads threads;
    private final SlackCalls calls;
    private final PrivateWords words;

    Talk(Inbox inbox, SlackThreads threads, SlackCalls calls, PrivateWords words) {
        this.inbox = inbox;
        this.threads = threads;
        this.calls = calls;
        this.words = words;
    }

    /**
     * Something said to us.
     *
     * @param platformEvent the same for every delivery of it
     * @param identity of who said it
     * @param to where that person is told when it cannot be taken
     * @return whether it was taken
     */
    boolean said(Place place, String platformEvent, String identity, String text, PrivateWords.To to)
            throws InterruptedException {
        SlackThread thread = threads.at(place.workspace().team(), place.channel(), place.threadTs())
                .map(known -> open(place, known.kind()))
                .orElseGet(() -> open(place, place.newKind()));
        return switch (inbox.receiveInTurn(platformEvent, thread.conversation(), identity, text)) {
            case Receipt.Stored _ -> {
                if (thread.kind() == SlackThread.Kind.ASSISTANT) {
                    calls.status(place.workspace(), place.channel(), place.threadTs(), AT_WORK);
                }
                yield true;
            }
            case Receipt.Refused(var refusal) -> {
                words.tell(to, refusal);
                yield false;
            }
        };
    }

    /** Something said in a thread that we know, to whomever: what is not for us is not answered, not even refused. */
    void overheard(Place place, String platformEvent, String identity, String text) throws InterruptedException {
        inbox.overhear(platformEvent, place.conversation(), identity, text);
    }

    /** Whether we have a conversation in this place. */
    boolean knows(Place place) {
        return threads.at(place.workspace().team(), place.channel(), place.threadTs())
                .isPresent();
    }

    /** Why a text could not be taken; empty when it can. */
    Optional<Refusal> problem(String text) {
        return inbox.problem(text);
    }

    /** Whether something was taken before. */
    boolean took(String platformEvent) {
        return inbox.took(platformEvent);
    }

    private SlackThread open(Place place, SlackThread.Kind kind) {
        return threads.open(place.workspace().team(), place.channel(), place.threadTs(), kind);
    }
}
