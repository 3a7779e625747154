package io.opsconductor.brain.approval;

import io.opsconductor.brain.Tenancy;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.ChatMessage;
import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.brain.conversation.Reply;
import io.opsconductor.brain.conversation.ThreadWriting;
import io.opsconductor.brain.language.Speech;
import io.opsconductor.kit.store.Database;
import io.opsconductor.plan.Preview;
import java.util.List;
import java.util.Optional;

/**
 * What waits for somebody, and its card wherever they ask for it: in another channel, or on another platform. They see the card
 * of their own request, and of those that they may decide about.
 */
public final class Review {
    private static final int MOST = 10;

    private final ApprovalStore store;
    private final CardPlaces places;
    private final Tenancy tenancy;

    public Review(Database database, CardPlaces places, Tenancy tenancy) {
        this.store = new ApprovalStore(database);
        this.places = places;
        this.tenancy = tenancy;
    }

    /** What somebody says to see a request's card. */
    public static String words(String approval) {
        return "show plan " + approval;
    }

    /**
     * The requests that somebody may decide about and has not yet, as choices that show them; the next to expire first.
     *
     * @param asker whose tenant's requests they are
     * @param person the policy's name of the asker; empty for nobody that it knows
     */
    public List<Choice> decidable(String asker, String person, Speech speech) {
        return tenancy.of(asker).map(store::waiting).orElse(List.of()).stream()
                .filter(stored -> mayDecide(stored.request(), person))
                .filter(stored -> !stored.people().contains(person))
                .limit(MOST)
                .map(stored -> new Choice(
                        speech.say(
                                "show-plan-label", "summary", stored.request().summary()),
                        words(stored.request().id())))
                .toList();
    }

    /** Shows a request's card in the conversation of whoever wrote the message. */
    public Reply show(ChatMessage message, String approval, String person, Speech speech) {
        Optional<StoredApproval> found = tenancy.of(message.sender()).flatMap(tenant -> store.find(tenant, approval));
        if (found.isEmpty()) {
            return say(speech.say("no-such-plan", "plan", approval));
        }
        ApprovalRequest request = found.get().request();
        if (!request.requester().equals(message.sender()) && !mayDecide(request, person)) {
            return say(speech.say("not-yours-to-see", "summary", request.summary()));
        }
        return new Reply() {
            @Override
            public void record(ThreadWriting thread) {
                if (!places.show(thread, request, message.conversation())) {
                    thread.append(ChatEvent.Message.ours(speech.say("shown-here", "summary", request.summary())));
                }
            }

            @Override
            public void committed() {
                places.shown(request);
            }
        };
    }

    private static Reply say(String text) {
        return Reply.of(ChatEvent.Message.ours(text));
    }

    private static boolean mayDecide(ApprovalRequest request, String person) {
        Preview preview = request.preview();
        return !person.isEmpty()
                && (preview.approval().approvers().contains(person)
                        || preview.requesterName().equals(person));
    }
}
