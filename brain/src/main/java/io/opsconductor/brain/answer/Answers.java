package io.opsconductor.brain.answer;

import io.opsconductor.brain.Ids;
import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.ChatMessage;
import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.brain.conversation.Drafts;
import io.opsconductor.brain.conversation.Reply;
import io.opsconductor.brain.planning.Planning;
import java.util.Optional;

/** Replies in words. */
public final class Answers {
    private Answers() {}

    public static Reply say(String text) {
        return Reply.of(ChatEvent.Message.ours(text));
    }

    /** Which targets there are. */
    public static Reply targets(Knowledge knowledge, String group) {
        return Reply.of(TargetListing.of(knowledge.targets(), group));
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

    /** Says why the runner, or the way to it, refused. */
    public static Reply refuse(Refusal refusal) {
        return Reply.of(new ChatEvent.Failure(
                refusal.code(),
                refusal.message(),
                refusal.hint(),
                refusal.problem().error().choices().stream()
                        .map(choice -> new Choice(choice, choice))
                        .toList(),
                refusal.problem().error().reference()));
    }

    /** Says that nothing can be planned, because tools and targets are not known yet. */
    public static Reply noKnowledge(Optional<Refusal> problem) {
        return Reply.of(ChatEvent.Failure.of(
                "runner_unreachable",
                "I do not know the tools and targets yet"
                        + problem.map(refusal -> ": " + refusal.message()).orElse("") + ".",
                "Nothing was run. Ask again in a moment; ./opsconductor status shows whether the runner is up."));
    }
}
