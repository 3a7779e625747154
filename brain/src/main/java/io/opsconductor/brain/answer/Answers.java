package io.opsconductor.brain.answer;

import io.opsconductor.brain.Ids;
import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.ChatMessage;
import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.brain.conversation.Drafts;
import io.opsconductor.brain.conversation.Reply;
import io.opsconductor.brain.language.Speech;
import io.opsconductor.brain.planning.Planning;
import java.util.Optional;

/** Replies in words. */
public final class Answers {
    private Answers() {}

    public static Reply say(String text) {
        return Reply.of(ChatEvent.Message.ours(text));
    }

    /** Asks for what is missing and keeps the draft until the answer comes. */
    public static Reply ask(ChatMessage message, Planning.Question question, Drafts drafts) {
        String id = Ids.question();
        return thread -> {
            drafts.keep(thread.tx(), message.conversation(), message.sender(), question.draft());
            thread.append(new ChatEvent.Question(id, question.text(), question.choices()));
        };
    }

    /** Says why there is no plan. */
    public static Reply refuse(Planning.Refusal refusal) {
        return Reply.of(new ChatEvent.Failure(refusal.code(), refusal.text(), refusal.hint(), refusal.choices(), null));
    }

    /** Says why the runner, or the way to it, refused: in the words that it gave, after what they mean. */
    public static Reply refuse(Refusal refusal, Speech speech) {
        String key = "refusal-" + refusal.code();
        return Reply.of(new ChatEvent.Failure(
                refusal.code(),
                speech.say(speech.has(key) ? key : "refused", "message", refusal.message()),
                refusal.hint(),
                refusal.problem().error().choices().stream()
                        .map(choice -> new Choice(choice, choice))
                        .toList(),
                refusal.problem().error().reference()));
    }

    /** Says that nothing can be planned, because tools and targets are not known yet. */
    public static Reply noKnowledge(Optional<Refusal> problem, Speech speech) {
        return Reply.of(ChatEvent.Failure.of(
                "runner_unreachable",
                problem.map(refusal -> speech.say("no-knowledge-because", "reason", refusal.message()))
                        .orElseGet(() -> speech.say("no-knowledge")),
                speech.say("no-knowledge-hint")));
    }
}
